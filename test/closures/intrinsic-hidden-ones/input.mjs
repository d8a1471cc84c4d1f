const TypedArray = Object.getPrototypeOf(Uint8Array)
const AsyncFunction = (async () => 0).constructor
const arrayIterator = Object.getPrototypeOf([][Symbol.iterator]())
const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, 'size').get
const { hasOwnProperty } = Object.prototype
const thrower = Object.getOwnPropertyDescriptor(Function.prototype, 'caller').get
export default () => [
  TypedArray === Object.getPrototypeOf(Int8Array),
  AsyncFunction === (async () => 1).constructor,
  arrayIterator === Object.getPrototypeOf([].values()),
  mapSize.call(new Map([[1, 1]])),
  hasOwnProperty.call({ a: 1 }, 'a'),
  thrower === Object.getOwnPropertyDescriptor(Function.prototype, 'arguments').get,
]
