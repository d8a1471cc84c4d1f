const inner = new RangeError('in')
const error = Object.defineProperty(new TypeError('out', { cause: inner }), 'lazy', { get: () => 'l', configurable: true })
error.name = 'Renamed'
export default () => [error.cause instanceof RangeError, error.lazy, String(error), error.stack.includes('out'), error instanceof TypeError]
