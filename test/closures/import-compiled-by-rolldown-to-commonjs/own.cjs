let n = 1
Object.defineProperty(exports, '__esModule', { value: true })
exports.default = 'own'
exports.up = () => ++n
