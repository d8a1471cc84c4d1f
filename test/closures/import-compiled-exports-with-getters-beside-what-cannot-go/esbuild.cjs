'use strict'
var __defProp = Object.defineProperty
var __getOwnPropDesc = Object.getOwnPropertyDescriptor
var __export = (target, all) => {
  for (var name in all) __defProp(target, name, { get: all[name], enumerable: true })
}
var __copyProps = (to, from, except, desc) => {
  for (let key of Object.getOwnPropertyNames(from))
    if (!Object.hasOwn(to, key) && key !== except)
      __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable })
  return to
}
var __toCommonJS = mod => __copyProps(__defProp({}, '__esModule', { value: true }), mod)
var esbuild_exports = {}
__export(esbuild_exports, { count: () => count, default: () => esbuild_default, pool: () => pool, up: () => up })
module.exports = __toCommonJS(esbuild_exports)
let count = 1
const pool = new WeakMap()
const up = () => ++count
var esbuild_default = 'default'
