var out = []
{ function f() { return 1 } out.push(f) }
{ function f() { return 2 } out.push(f) }
if (true) function g() { return [f(), 3] }
exports.default = () => [out.map(x => x()), f(), g(), out[1] === f]
