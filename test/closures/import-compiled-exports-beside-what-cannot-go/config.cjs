'use strict'
Object.defineProperty(exports, '__esModule', { value: true })
exports.pool = new WeakMap()
exports.TABLE = 'users'
exports.count = 1
exports.up = () => ++exports.count
exports.open = () => exports.pool.get({})
