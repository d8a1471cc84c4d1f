const [one, other, given] = [Symbol('mark'), Symbol('mark'), Symbol()]
export default also => [one, { [other]: also }, new Map([[also, Symbol('made')]])]
export const args = [given]
export const returned = ([first, object, map]) => [
  first === one,
  Reflect.ownKeys(object)[0] === other,
  object[other] === given,
  String(map.get(given)),
]
