const lib = await import('./lib.mjs')
const path = await import('node:path')
export default () => [lib.value(), path.basename('/a/b')]
