let n = 0
const key = 'k' + 1, sym = Symbol('it')
const o = { *[key](a) { yield a + n++; yield* [1, 2] }, async *[sym]() { yield n++ }, async [`${key}x`]() { return n++ }, *[Symbol.iterator]() { yield key } }
class G { *[key]() { yield 1 } static async *[sym]() { yield 2 } static *[Symbol.iterator]() { yield 3 } }
const [a, b, c, d] = [o[key], o[sym], o.k1x, o[Symbol.iterator]]
export default async () => [[...a(10)], await b().next(), await c(), [...o], [...d()], [...new G()[key]()], await G[sym]().next(), [...G], a.name, b.name, c.name, d.name]
