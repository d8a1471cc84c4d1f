function outer() { return async (x = 1) => { await null; return [arguments.length, arguments[0], x, this?.k] } }
const f = outer.call({ k: 'kk' }, 'a', 'b')
const g = (function () { return async () => () => arguments[1] }).call(null, 1, 2)
export default async () => [await f(), (await g())()]
