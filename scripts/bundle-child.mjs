import { mkdir, writeFile } from 'node:fs/promises'
import { build } from 'esbuild'
import { builtIns } from './built-ins.mjs'
import { buildKeptScript } from './kept-script.mjs'

const folder = 'dist/lib/worker/child'

/** A child's program: a start, which runs one script of all that the child loads, and the thread beside it. */
export function buildChild(options) {
  return [
    buildKeptScript({
      options,
      contents: "module.exports = require('./lib/worker/child/boot.ts')",
      outfile: `${folder}/boot.js`,
    }),
    buildCommonJs(options),
  ]
}

/** Node starts a CommonJS file sooner than a module. */
async function buildCommonJs(options) {
  await mkdir(folder, { recursive: true })
  await writeFile(`${folder}/package.json`, '{"type":"commonjs"}\n')
  return await build({
    ...options,
    entryPoints: { main: 'lib/worker/child/main-kept.ts', 'watchdog-thread': 'lib/worker/child/watchdog-thread.ts' },
    outdir: folder,
    outbase: undefined,
    format: 'cjs',
    define: { 'import.meta.url': 'HERE' },
    banner: { js: "const HERE=require('node:url').pathToFileURL(__filename).href;" },
    plugins: [builtIns],
  })
}
