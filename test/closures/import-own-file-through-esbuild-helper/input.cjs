var __create = Object.create, __defProp = Object.defineProperty, __getOwnPropDesc = Object.getOwnPropertyDescriptor
var __getOwnPropNames = Object.getOwnPropertyNames, __hasOwnProp = Object.prototype.hasOwnProperty
var __copyProps = (to, from, except, desc) => {
  for (let key of __getOwnPropNames(from))
    if (!__hasOwnProp.call(to, key) && key !== except)
      __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable })
  return to
}
var __toESM = (mod) => __copyProps(__defProp(__create(Object.getPrototypeOf(mod)), 'default', { value: mod, enumerable: true }), mod)
var import_near = __toESM(require('./near.cjs'))
exports.default = () => [(0, import_near.count)(), import_near.name]
