const readOnly = [1, 2, 3]
Object.defineProperty(readOnly, 1, { writable: false })
const hidden = Object.defineProperty(['a', 'b'], '0', { enumerable: false })
const fixed = Object.defineProperty(
  Array.from({ length: 100 }, (_, at) => at),
  99,
  { configurable: false },
)
const looks = list => Object.values(Object.getOwnPropertyDescriptors(list)).map(slot =>
  ['writable', 'enumerable', 'configurable'].map(flag => Number(slot[flag])).join(''),
)

export default () => [looks(readOnly), looks(hidden), looks(fixed)[99], looks(fixed)[98], fixed[99]]
