import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { dirname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { withoutBuiltInImports } from './built-ins.mjs'
import { ownZod } from './own-zod.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Each module of ours knows its own place, as it would have it as a file of the package; in front, so that lines stay. */
function withPlace(path, text, outfile) {
  if (!text.includes('import.meta.url')) return text
  const place = relative(dirname(`${root}${outfile}`), `${root}dist/${relative(root, path)}`).replace(/\.ts$/, '.js')
  return `const MODULE_URL = new URL('${place}', HERE).href;${text}`
}

const ownModules = (outfile, rewrite) => ({
  name: 'own modules',
  setup({ onLoad }) {
    onLoad({ filter: /\/lib\/.*\.ts$/ }, async ({ path }) => {
      const text = withoutBuiltInImports(rewrite(path, await readFile(path, 'utf8')))
      return { contents: withPlace(path, text, outfile), loader: 'ts' }
    })
  },
})

/**
 * Builds a script for lib/kept/run-kept.ts: all that `contents` requires, each module run when it is first needed. It
 * returns its exports, and begins with a hash of itself, by which its compiled code is kept.
 * @param contents CommonJS, at the root of the project
 * @param rewrite the text of a module of ours as it is to be there
 */
export async function buildKeptScript({ options, contents, outfile, plugins = [], rewrite = (_path, text) => text }) {
  const { outdir: _, outbase: __, ...rest } = options
  const built = await build({
    ...rest,
    stdin: { contents, resolveDir: root, loader: 'js' },
    outfile,
    format: 'cjs',
    define: { 'import.meta.url': 'MODULE_URL' },
    // A script can't import without a warning of Node's; it requires instead.
    supported: { ...options.supported, 'dynamic-import': false },
    banner: { js: '(function(SHARED,require,HERE){var module={exports:{}},exports=module.exports;' },
    footer: { js: 'return module.exports})' },
    plugins: [...plugins, ownZod, ownModules(outfile, rewrite)],
  })
  const text = await readFile(outfile, 'utf8')
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
  // On the line of the banner, so that the source map holds.
  await writeFile(outfile, `/*${hash}*/${text}`)
  return built
}
