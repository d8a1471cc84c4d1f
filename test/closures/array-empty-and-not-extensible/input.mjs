const closed = Object.preventExtensions([])
const sealed = Object.seal([])
const frozen = Object.freeze([])
export default () =>
  [closed, sealed, frozen].map(it => [Object.isExtensible(it), Object.getOwnPropertyDescriptor(it, 'length').writable])
