'use strict'
// In the manner of TypeScript: constants of a file are members of its exports.
Object.defineProperty(exports, '__esModule', { value: true })
const config_1 = require('./config.cjs')
exports.cache = new WeakMap()
exports.size = 3
exports.put = key => exports.cache.set(key, config_1.pool)
exports.grow = () => (exports.size += 1)

exports.default = () => [config_1.TABLE, (0, config_1.up)(), config_1.count, exports.size, (0, exports.grow)(), exports.size]
