'use strict'
Object.defineProperty(exports, '__esModule', { value: true })
function _export(target, all) {
  for (var name in all) Object.defineProperty(target, name, { enumerable: true, get: Object.getOwnPropertyDescriptor(all, name).get })
}
_export(exports, {
  get count() {
    return count
  },
  get pool() {
    return pool
  },
  get up() {
    return up
  },
})
let count = 1
const pool = new WeakMap()
const up = () => ++count
