import { fileURLToPath, pathToFileURL } from 'node:url'

const lib = fileURLToPath(new URL('../lib/', import.meta.url))
const { inCommon } = await import('../lib/client/in-common.ts')

/** Which files these modules are. */
export const names = new RegExp(`/lib/(?:${Object.keys(inCommon).join('|')})\\.ts$`)

/** In the place of one of them: takes what it exports from a variable that holds all of lib/client/in-common.ts. */
export async function moduleIn(path, variable) {
  const exported = Object.keys(await import(pathToFileURL(path).href)).join(', ')
  return `export const { ${exported} } = ${variable}['${path.slice(lib.length, -'.ts'.length)}']`
}

/** An esbuild plugin for what shares a process with the entries, but not their files. They lie one folder deep, as it does. */
export const fromEntries = {
  name: 'from the entries',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^in-common$/ }, () => ({ path: 'in-common', namespace: 'in common' }))
    onResolve({ filter: /\/in-common\.js$/, namespace: 'in common' }, ({ path }) => ({ path, external: true }))
    // A module of its own, so that all who take from it share one file.
    onLoad({ filter: /.*/, namespace: 'in common' }, () => ({
      contents: "export { inCommon } from '../client/in-common.js'",
      loader: 'js',
    }))
    onLoad({ filter: names }, async ({ path }) => ({
      contents: `import { inCommon } from 'in-common';${await moduleIn(path, 'inCommon')}`,
      loader: 'js',
    }))
  },
}
