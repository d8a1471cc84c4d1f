'use strict'
Object.defineProperty(exports, '__esModule', { value: true })
exports.cache = new WeakMap()
exports.count = 1
exports.up = () => ++exports.count
