// In the manner of swc and Babel, which remember the namespaces that they made.
function _getRequireWildcardCache(nodeInterop) {
  const ofBabel = new WeakMap()
  const ofNode = new WeakMap()
  return (_getRequireWildcardCache = own => (own ? ofNode : ofBabel))(nodeInterop)
}
function _interop_require_wildcard(loaded, nodeInterop) {
  if (!nodeInterop && loaded?.__esModule) return loaded
  const cache = _getRequireWildcardCache(nodeInterop)
  if (cache?.has(loaded)) return cache.get(loaded)
  const namespace = Object.assign({ __proto__: null }, loaded, { default: loaded })
  cache?.set(loaded, namespace)
  return namespace
}
const _nodepath = _interop_require_wildcard(require('node:path'))
const _late = () => Promise.resolve().then(() => _interop_require_wildcard(require('./late.cjs')))

module.exports = async () => [
  _nodepath.basename('/x/y'),
  (await _late()).late,
  (await _late()).default === require('./late.cjs'),
  _interop_require_wildcard({ plain: 1 }).plain,
]
