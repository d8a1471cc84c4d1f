let v = 1
const o = { get a() { return v }, set a(x) { v = x }, get ['b' + 1]() { return v * 2 }, set ['b' + 1](x) { v = x / 2 } }
class C { static get s() { return v } get p() { return this.q } static set s(x) { v = x } }
const { get, set } = Object.getOwnPropertyDescriptor(o, 'a')
const { get: get2, set: set2 } = Object.getOwnPropertyDescriptor(o, 'b1')
const { get: sget, set: sset } = Object.getOwnPropertyDescriptor(C, 's')
const { get: pget } = Object.getOwnPropertyDescriptor(C.prototype, 'p')
export default () => { set(5); const x = [get(), get2()]; set2(20); x.push(get(), sget()); sset(7); return [...x, o.a, pget.call({ q: 9 }), get.name, set2.name, sget.name] }
