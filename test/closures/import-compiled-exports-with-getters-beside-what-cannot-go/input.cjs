'use strict'
// In the manner of SWC, and of esbuild, which copies the getters.
const _swc = require('./swc.cjs')
const import_esbuild = require('./esbuild.cjs')

module.exports = () => [(0, _swc.up)(), _swc.count, (0, import_esbuild.up)(), import_esbuild.count, import_esbuild.default]
