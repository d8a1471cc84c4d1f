import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { text as textOf } from 'node:stream/consumers'
import { compileFunction } from 'node:vm'
import { build, type Message, type Plugin } from 'esbuild'
import { awaitingScript } from './awaiting-script.ts'
import { ANSWER_FD, type BuildAnswer, type BuildOrder, type Wanted } from './build-with-insides.ts'

// A process that makes one bundle, loads it, and says what came of it.

const { options, texts, wanted } = JSON.parse(await textOf(process.stdin)) as BuildOrder

const adding: Plugin = {
  name: 'insides',
  setup({ onLoad }) {
    const paths = Object.keys(texts).map(path => path.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    if (paths.length === 0) return
    onLoad({ filter: new RegExp(`^(?:${paths.join('|')})$`), namespace: 'file' }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')) + (texts[path] ?? ''),
      resolveDir: dirname(path),
    }))
  },
}

async function answer(): Promise<BuildAnswer> {
  try {
    const { outputFiles, metafile } = await build({ ...options, plugins: [adding], write: false, metafile: true })
    const text = outputFiles[0]?.text ?? ''
    const lacking = await lackingOf(options.format === 'esm' ? awaitingScript(text) : text)
    return { text, metafile, ...(lacking !== undefined && { lacking }) }
  } catch (error) {
    const { message, errors = [] } = error as Error & { errors?: readonly Message[] }
    return { message, errors }
  }
}

/** What is wanted of a bundle, and not there once it is loaded. */
async function lackingOf(text: string): Promise<string | undefined> {
  const module: { exports: unknown } = { exports: {} }
  const load = compileFunction(text, ['exports', 'require', 'module', '__filename', '__dirname']) as (
    ...args: unknown[]
  ) => void
  load(module.exports, createRequire('/packages.cjs'), module, '/packages.cjs', '/')
  const exports = await module.exports
  return wanted.map(each => lackingIn(exports, each)).find(lacking => lacking !== undefined)
}

function lackingIn(exports: unknown, { path, methods }: Wanted): string | undefined {
  let at = exports
  for (const [index, key] of path.entries()) {
    if ((typeof at !== 'object' || at === null) && typeof at !== 'function') return path.slice(1, index).join('.')
    at = (at as Record<string, unknown>)[key]
  }
  const name = path.slice(1).join('.')
  if (at === undefined || at === null) return name
  const prototype = (at as { prototype?: object }).prototype ?? {}
  const method = methods.find(each => !Object.hasOwn(prototype, each))
  return method === undefined ? undefined : `${name}.prototype.${method}`
}

writeFileSync(ANSWER_FD, JSON.stringify(await answer()))
process.exit()
