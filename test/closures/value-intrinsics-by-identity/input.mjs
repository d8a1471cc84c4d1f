const TypedArray = Object.getPrototypeOf(Uint8Array)
const { get: size } = Object.getOwnPropertyDescriptor(Map.prototype, 'size')
const { get: species } = Object.getOwnPropertyDescriptor(Array, Symbol.species)
const { get: tag } = Object.getOwnPropertyDescriptor(TypedArray.prototype, Symbol.toStringTag)
const AsyncGeneratorFunction = (async function* () {}).constructor
const thrower = Object.getOwnPropertyDescriptor((function () { 'use strict'; return arguments })(), 'callee').get
const all = [TypedArray, size, species, tag, AsyncGeneratorFunction, Reflect, Atomics, Intl.NumberFormat, thrower]
export default () => {
  const T = Object.getPrototypeOf(Uint8Array)
  const here = [
    T,
    Object.getOwnPropertyDescriptor(Map.prototype, 'size').get,
    Object.getOwnPropertyDescriptor(Array, Symbol.species).get,
    Object.getOwnPropertyDescriptor(T.prototype, Symbol.toStringTag).get,
    (async function* () {}).constructor,
    Reflect,
    Atomics,
    Intl.NumberFormat,
    Object.getOwnPropertyDescriptor((function () { 'use strict'; return arguments })(), 'callee').get,
  ]
  return here.flatMap((each, at) => (each === all[at] ? [] : [at]))
}
