const load = require('node:module').createRequire(__filename)
const mock = exports => new Proxy(exports, { get: (target, name) => target[name] })
const file = exports => {
  const made = Object.defineProperty({}, Symbol.toStringTag, { value: 'Module' })
  for (const name of Object.keys(exports)) Object.defineProperty(made, name, { enumerable: true, get: exports[name] })
  return made
}
const cache = new WeakMap()
let total = 1
const spied = () => 'spied'
spied._isMockFunction = true
const modules = {
  '/node_modules/loud/index.js': () => mock({ shout: text => `${text} mocked`, other: cache }),
  'node:path': () => mock({ default: { sep: 'mocked' } }),
  'node:os': () => ({ hostname: spied }),
  '/state.mjs': () => file({ cache: () => cache, total: () => total, bump: () => () => ++total }),
  '/real.mjs': () => new Proxy(load('./real.mjs'), {}),
}
const __vite_ssr_import__ = async name => modules[name]()
const __vite_ssr_dynamic_import__ = __vite_ssr_import__
let found
module.exports = (...args) => found(...args)
const ready = (async () => {
  const __vi_import_0__ = await __vite_ssr_dynamic_import__("/node_modules/loud/index.js")
  const __vite_ssr_import_1__ = await __vite_ssr_import__("node:path", { importedNames: ["default"] })
  const __vi_import_2__ = await __vite_ssr_dynamic_import__("node:os")
  const __vi_import_3__ = await __vite_ssr_dynamic_import__("/state.mjs")
  const __vi_import_4__ = await __vite_ssr_dynamic_import__("/real.mjs")
  found = () => [
    (0, __vi_import_0__.shout)('a'),
    __vite_ssr_import_1__.default.sep,
    (0, __vi_import_2__.hostname)(),
    __vi_import_3__.total,
    (0, __vi_import_3__.bump)(),
    __vi_import_3__.total,
    __vi_import_4__.real,
  ]
})()
