let n = 0
const f = function fact(x) { n++; return x < 2 ? 1 : x * fact(x - 1) }
const g = f
const h = class Named { static make() { return new Named() } who() { return Named === h } }
export default () => [f(5), g === f, h.make().who(), h.make() instanceof h, n]
