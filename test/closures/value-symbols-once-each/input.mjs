const own = Symbol('own')
const alias = own
const object = { [own]: 1, [Symbol.for('reg')]: 2, [Symbol.toStringTag]: 'T' }
export default () => [
  object[own],
  own === alias,
  own.description,
  object[Symbol.for('reg')],
  String(object),
  Object.getOwnPropertySymbols(object)[0] === own,
]
