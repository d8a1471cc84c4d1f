let reads = 0
const f = Object.defineProperty(() => 1, 'size', { get: () => ++reads, configurable: true })
export default () => [f.size, f.size, f()]
