function fixed() {}
Object.defineProperty(fixed, 'prototype', { writable: false })
function shown() {}
Object.defineProperty(shown.prototype, 'constructor', { enumerable: true })
function without() {}
delete without.prototype.constructor
const sealed = Object.seal(function sealed() {})
const frozen = Object.freeze(function frozen(a) {})
const closed = Object.preventExtensions(() => 1)
const canSet = fn => Object.getOwnPropertyDescriptor(fn, 'prototype').writable

export default () => [
  [canSet(fixed), new fixed() instanceof fixed, fixed.prototype.constructor === fixed],
  Object.keys(shown.prototype),
  [Object.hasOwn(without.prototype, 'constructor'), new without() instanceof without],
  [Object.isSealed(sealed), Object.isExtensible(sealed), Object.getOwnPropertyDescriptor(sealed, 'name').configurable, canSet(sealed)],
  [Object.isSealed(frozen), Object.isFrozen(frozen), canSet(frozen), Object.isExtensible(frozen)],
  [Object.isExtensible(closed), Object.isFrozen(closed)],
]
