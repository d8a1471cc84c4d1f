const f = Object.defineProperty((a, b) => 1, 'length', { value: 7, configurable: true })
export default () => f.length
