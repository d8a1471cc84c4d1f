const list = [1, 2, 3]
Object.defineProperty(list, 1, { get: () => 'g', enumerable: false, configurable: true })
Object.defineProperty(list, 2, { value: 3, writable: false, enumerable: true, configurable: false })
const locked = Object.defineProperty([1, 2], 'length', { writable: false })
export default () => [list[1], Object.keys(list), Object.getOwnPropertyDescriptor(list, 2).writable, Object.getOwnPropertyDescriptor(locked, 'length').writable]
