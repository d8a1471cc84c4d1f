const bare = object => Object.setPrototypeOf(object, null)
const all = [bare(new Map([[1, 2]])), bare(new Date(5)), bare([1, 2]), bare(/a/), bare(new Error('e')), bare(Object.assign(new Set([1]), { a: 1 })), bare(new Uint8Array([7]))]
export default () => [
  Map.prototype.get.call(all[0], 1),
  Date.prototype.getTime.call(all[1]),
  Array.isArray(all[2]),
  all[2].length,
  Object.prototype.toString.call(all[3]),
  Set.prototype.has.call(all[5], 1),
  all[6][0],
]
