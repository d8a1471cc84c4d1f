const tell = function say(a, b) {}.bind(null)
Object.defineProperty(tell, 'name', { value: 'q', enumerable: true })
Object.defineProperty(tell, 'length', { value: 7 })
tell.extra = 1
Object.freeze(tell)

export default () => [tell.name, tell.length, Object.keys(tell).includes('name'), tell.extra, Object.isFrozen(tell)]
