const k = ['x', 'y', 'z']
let n = 1
const o = { get[k[0]]() { return n }, set[(k[0])](v) { n = v }, async[/* [ */ (k[1]) /* ] */]() { return n }, *[k[2]/* ] */]() { yield n } }
const { get, set } = Object.getOwnPropertyDescriptor(o, 'x')
const { y, z } = o
class C { static async[k[0]]() { return n } static get[k[1]]() { return n } }
const { x } = C
const sget = Object.getOwnPropertyDescriptor(C, 'y').get
export default async () => { set(5); return [get(), await y(), [...z()], await x(), sget.call(C)] }
