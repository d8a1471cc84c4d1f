const sealed = Object.seal({ a: 1 })
const closed = Object.preventExtensions({ a: 1 })
export default () => [Object.isSealed(sealed), Object.isFrozen(sealed), Object.isExtensible(closed), Object.isSealed(closed)]
