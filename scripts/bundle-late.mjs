import { fileURLToPath, pathToFileURL } from 'node:url'
import { buildKeptScript } from './kept-script.mjs'

const lib = fileURLToPath(new URL('../lib/', import.meta.url))

/** What lib/client/late-kept.ts hands in: the entry has these modules, and there is to be one of each. */
const shared = ['client/connect/current-job', 'client/jids/jid-range', 'closure/nodes/host-modules', 'protocol/errors']

/** In their place modules that take their exports from what was handed in. */
const handedIn = {
  name: 'handed in',
  setup({ onLoad }) {
    onLoad({ filter: new RegExp(`/lib/(?:${shared.join('|')})\\.ts$`) }, async ({ path }) => {
      const names = Object.keys(await import(pathToFileURL(path).href)).join(', ')
      const name = path.slice(lib.length, -'.ts'.length)
      return { contents: `export const { ${names} } = SHARED['${name}']`, loader: 'js' }
    })
  },
}

/** One script of all that a first call loads and what that may load later. */
export function buildLate(options) {
  return buildKeptScript({
    options,
    contents: `exports.chosenCloud = () => require('./lib/client/chosen-cloud.ts')
exports.assembleWorkers = () => require('./lib/memory/assemble-workers.ts')`,
    outfile: 'dist/lib/late/late.js',
    plugins: [handedIn],
  })
}
