const list = [1, 2]
Object.defineProperty(list, 1, { get: () => 7, enumerable: true })
Object.freeze(list)
export default () => [list[1], Object.isFrozen(list), Array.isArray(list)]
