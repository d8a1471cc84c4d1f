let reads = 0
Object.defineProperty(exports, 'value', { enumerable: true, get: () => ++reads })
