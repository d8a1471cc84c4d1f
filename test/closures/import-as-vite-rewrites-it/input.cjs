const load = require('node:module').createRequire(__filename)
const modules = {
  '/node_modules/loud/index.js': () => ({ ...load('./node_modules/loud/index.js'), other: new WeakMap() }),
  'node:path': () => ({ ...load('node:path'), default: load('node:path') }),
  '/sums.cjs': () => load('./sums.cjs'),
}
const __vite_ssr_import__ = async name => modules[name]()
const __vite_ssr_dynamic_import__ = __vite_ssr_import__
let found
module.exports = (...args) => found(...args)
const ready = (async () => {
  const __vite_ssr_import_0__ = await __vite_ssr_import__("/node_modules/loud/index.js", { importedNames: ["shout"] })
  const __vite_ssr_import_1__ = await __vite_ssr_import__("node:path", { importedNames: ["basename"] })
  const __vite_ssr_import_2__ = await __vite_ssr_import__("/sums.cjs", { importedNames: ["add"] })
  found = async () => [
    (0, __vite_ssr_import_0__.shout)('a'),
    (0, __vite_ssr_import_1__.basename)('a/b'),
    (0, __vite_ssr_import_2__.add)(1, 1),
    (await __vite_ssr_dynamic_import__("/node_modules/loud/index.js")).shout('a'),
    (await __vite_ssr_dynamic_import__("/lazy.mjs")).default,
  ]
})()
