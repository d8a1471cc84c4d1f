// In the manner of rolldown, which makes a namespace of what it required in a second statement.
const __toESM = (mod, isNodeMode, target) => {
  target = mod != null ? Object.create(Object.getPrototypeOf(mod)) : {}
  if (isNodeMode || !mod?.__esModule) Object.defineProperty(target, 'default', { value: mod, enumerable: true })
  for (const key of Object.getOwnPropertyNames(mod)) {
    if (Object.hasOwn(target, key)) continue
    Object.defineProperty(target, key, { get: (k => mod[k]).bind(null, key), enumerable: true })
  }
  return target
}
let nodepath = require('node:path')
nodepath = __toESM(nodepath)
let pack = require('pack')
pack = __toESM(pack)
let node = require('pack')
node = __toESM(node, 1)
let own = require('./own.cjs')
own = __toESM(own)

module.exports = () => [
  nodepath.default.basename('/x/y'),
  (0, nodepath.join)('a', 'b'),
  pack.default.twice(2),
  (0, pack.twice)(3),
  node.default.default.twice(4),
  own.default,
  own.up(),
]
