'use strict'
Object.defineProperty(exports, '__esModule', { value: true })
exports.cache = new WeakMap()
exports.size = 3
const get = key => exports.cache.get(key)
const job = () => [exports.size, get({})]

exports.default = job
