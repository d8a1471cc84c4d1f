import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const lib = fileURLToPath(new URL('../lib/', import.meta.url))
const file = 'dist/lib/late/late.js'

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

/** The parser is loaded when first needed, in a way that hides it from bundlers: as a file of its own nobody would keep its code. */
const parser = {
  name: 'parser',
  setup({ onLoad }) {
    onLoad({ filter: /lib\/closure\/(?:source\/script|packages\/awaiting-script)\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      const contents = text.replace(/\bloadOwn\('source\/parser'\)/, "require('../source/parser.ts')")
      if (contents === text) throw new Error(`${path} loads its parser in another way than this script knows.`)
      return { contents, loader: 'ts' }
    })
  },
}

/**
 * One script of all that a first call loads and what that may load later, each module run when it is first needed. It
 * returns its exports, and begins with a hash of itself, by which its compiled code is kept.
 */
export async function buildLate(options, builtIns) {
  const { outdir: _, outbase: __, ...rest } = options
  const built = await build({
    ...rest,
    stdin: {
      contents: `exports.chosenCloud = () => require('./lib/client/chosen-cloud.ts')
exports.assembleWorkers = () => require('./lib/memory/assemble-workers.ts')`,
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
      loader: 'js',
    },
    outfile: file,
    format: 'cjs',
    // A script can't import without a warning of Node's; it requires instead.
    supported: { ...options.supported, 'dynamic-import': false },
    define: { 'import.meta.url': 'HERE' },
    banner: { js: '(function(SHARED,require,HERE){var module={exports:{}},exports=module.exports;' },
    footer: { js: 'return exports})' },
    plugins: [handedIn, parser, builtIns],
  })
  const text = await readFile(file, 'utf8')
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
  // On the line of the banner, so that the source map holds.
  await writeFile(file, `/*${hash}*/${text}`)
  return built
}
