const { fromEntries } = Object
const { race } = Promise
const upper = String.prototype.toUpperCase
const { get: size } = Object.getOwnPropertyDescriptor(Set.prototype, 'size')
export default () => [fromEntries([['a', 1]]), race === Promise.race, upper.call('a'), size.call(new Set([1]))]
