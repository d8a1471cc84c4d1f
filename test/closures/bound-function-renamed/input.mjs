const named = Object.defineProperty((() => 1).bind(null), 'name', { value: 'mine', configurable: true })
export default () => [named.name, named()]
