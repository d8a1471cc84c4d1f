// In the manner of Babel, which remembers the namespaces that it made in a variable of the file.
var made
function _interopRequireWildcard(loaded) {
  if (loaded?.__esModule) return loaded
  if (made || (made = new WeakMap())) {
    if (made.has(loaded)) return made.get(loaded)
    const namespace = Object.assign({ __proto__: null }, loaded, { default: loaded })
    made.set(loaded, namespace)
    return namespace
  }
}
const _nodepath = _interopRequireWildcard(require('node:path'))
const _late = () => Promise.resolve().then(() => _interopRequireWildcard(require('./late.cjs')))

module.exports = async () => [_nodepath.basename('/x/y'), (await _late()).late, (await _late()) === (await _late())]
