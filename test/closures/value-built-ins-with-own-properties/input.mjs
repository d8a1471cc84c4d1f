const extra = object => Object.assign(object, { mark: 1 })
const all = [
  extra(new Map([[1, 2]])),
  extra(new Set([1])),
  extra(new Date(5)),
  Object.assign(/a/g, { lastIndex: 3, mark: 1 }),
  Object.assign(new Error('e', { cause: 'c' }), { mark: 1, stack: 's' }),
  Object.assign(new AggregateError(['x'], 'many'), { mark: 1, stack: 's' }),
  extra(new Uint8Array([1, 2])),
  extra(new DataView(new ArrayBuffer(4), 1, 2)),
  extra(Buffer.alloc(3, 'abc')),
  extra(Object('s')),
  extra(Object(1n)),
  extra(Object(Symbol.iterator)),
  extra(new ArrayBuffer(2)),
  extra([1]),
]
export default () =>
  all.map(object => [Object.prototype.toString.call(object), object.mark]).concat([
    [all[0].get(1), all[1].has(1), +all[2], all[3].lastIndex, all[4].cause, all[5].errors[0]],
    [all[6][1], all[7].byteOffset, all[8].toString(), all[9].length, all[10] + 1n === 2n],
  ])
