import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { compileFunction } from 'node:vm'
import { build, type Message, type Plugin } from 'esbuild'
import { PACKAGES_ROOT, PRIVATE } from '../bundle-format.ts'
import type { Edit } from '../source/function-code.ts'
import { awaitingScript } from './awaiting-script.ts'
import { ANSWER_FD, type BuildAnswer, type BuildOrder, changedFiles } from './build-with-insides.ts'
import { freshStateOf } from './fresh-state.ts'

// A process that makes one bundle, loads it, and says what came of it.

const { options, texts, edits, roots } = JSON.parse(await textOf(process.stdin)) as BuildOrder

const adding: Plugin = {
  name: 'insides',
  setup({ onLoad }) {
    const paths = changedFiles({ texts, edits }).map(path => path.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    if (paths.length === 0) return
    onLoad({ filter: new RegExp(`^(?:${paths.join('|')})$`), namespace: 'file' }, async ({ path }) => ({
      contents: edited(await readFile(path, 'utf8'), edits[path]) + (texts[path] ?? ''),
      resolveDir: dirname(path),
    }))
  },
}

function edited(source: string, edits: readonly Edit[] = []): string {
  let text = ''
  let at = 0
  for (const { start, end, text: instead } of edits) {
    text += source.slice(at, start) + instead
    at = end
  }
  return text + source.slice(at)
}

async function answer(): Promise<BuildAnswer> {
  try {
    const { outputFiles, metafile } = await build({ ...options, plugins: [adding], write: false, metafile: true })
    const text = outputFiles[0]?.text ?? ''
    if (roots === undefined) return { text, metafile }
    const loaded = await exportsOf(options.format === 'esm' ? awaitingScript(text) : text).catch(() => undefined)
    return { text, metafile, fresh: freshStateOf(loaded ?? {}, roots) }
  } catch (error) {
    const { message, errors = [] } = error as Error & { errors?: readonly Message[] }
    return { message, errors }
  }
}

/** Loads the bundle as a worker does. */
async function exportsOf(text: string): Promise<unknown> {
  const module: { exports: unknown } = { exports: {} }
  const load = compileFunction(text, ['exports', 'require', 'module', '__filename', '__dirname']) as (
    ...args: unknown[]
  ) => void
  const require = createRequire('/packages.cjs')
  const quiet = (name: string): unknown => (name === PRIVATE ? () => undefined : require(name))
  load(module.exports, Object.assign(quiet, require), module, '/packages.cjs', PACKAGES_ROOT)
  return await module.exports
}

writeFileSync(ANSWER_FD, JSON.stringify(await answer()))
process.exit()
