var __create = Object.create
var __defProp = Object.defineProperty
var __getOwnPropNames = Object.getOwnPropertyNames
var __name = (target, value) => __defProp(target, 'name', { value, configurable: true })
var __copyProps = (to, from) => {
  for (const key of __getOwnPropNames(from)) if (!Object.hasOwn(to, key)) __defProp(to, key, { get: () => from[key], enumerable: true })
  return to
}
var __toESM = (mod, isNodeMode, target) => ((target = mod != null ? __create(Object.getPrototypeOf(mod)) : {}), __copyProps(isNodeMode || !mod || !mod.__esModule ? __defProp(target, 'default', { value: mod, enumerable: true }) : target, mod))
var import_node_path = __toESM(require('node:path'))
var import_classic = __toESM(require('classic'), 1)
const inner = /* @__PURE__ */ __name(text => (0, import_node_path.join)(text, 'x'), 'inner')
class Kept {
  static {
    __name(this, 'Kept')
  }
}
exports.default = /* @__PURE__ */ __name(() => [inner('a'), import_classic.default.twice(2), import_node_path.default.sep, Kept.name, (0, import_classic.twice)(1)], 'compiled')
