// In the manner of swc with external helpers: each lies in a file of its own, which exports it as `_`.
const _interop_require_wildcard = require('compiler-helpers/wildcard')
const _interop_require_default = require('compiler-helpers/default')
const _nodepath = _interop_require_wildcard._(require('node:path'))
const _nodeutil = _interop_require_default._(require('node:util'))

module.exports = () => [_nodepath.basename('/x/y'), _nodeutil.default.inspect({ a: 1 })]
