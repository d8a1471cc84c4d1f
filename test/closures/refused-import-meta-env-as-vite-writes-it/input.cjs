// In the manner of Vite: the module's function is given what stands for `import.meta`.
const made = {}
const meta = { url: 'file:///x.ts', env: { MODE: 'test' }, resolve: () => new WeakMap() }
;((__vite_ssr_exports__, __vite_ssr_import_meta__) => {
  const mode = () => __vite_ssr_import_meta__.env.MODE
  made.default = mode
})({}, meta)

module.exports = made.default
