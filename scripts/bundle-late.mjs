import { moduleIn, names } from './in-common.mjs'
import { buildKeptScript } from './kept-script.mjs'

/** In their place modules that take their exports from what lib/client/late-kept.ts hands in. */
const handedIn = {
  name: 'handed in',
  setup({ onLoad }) {
    onLoad({ filter: names }, async ({ path }) => ({ contents: await moduleIn(path, 'SHARED'), loader: 'js' }))
  },
}

/** The parser is loaded when first needed, in a way that hides it from bundlers: as a file of its own nobody would keep its code. */
const parser = /\bloadOwn\('source\/parser'\)/
const loadParser = /lib\/closure\/(?:source\/script|packages\/awaiting-script)\.ts$/

function withParser(path, text) {
  if (!loadParser.test(path)) return text
  if (!parser.test(text)) throw new Error(`${path} loads its parser in another way than this script knows.`)
  return text.replace(parser, "require('../source/parser.ts')")
}

/** One script of all that a first call loads and what that may load later. */
export function buildLate(options) {
  return buildKeptScript({
    options,
    contents: `exports.chosenCloud = () => require('./lib/client/chosen-cloud.ts')
exports.assembleWorkers = () => require('./lib/memory/assemble-workers.ts')`,
    outfile: 'dist/lib/late/late.js',
    plugins: [handedIn],
    rewrite: withParser,
  })
}
