import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { BuildOptions, Message, Metafile } from 'esbuild'
import { PRIVATE } from '../bundle-format.ts'
import { ownFiles } from '../own-files.ts'
import type { Edit } from '../source/function-code.ts'
import { INSIDES } from './entry-text.ts'
import type { FreshRoot, FreshState } from './fresh-state.ts'

/** What a bundle is to have beyond what its packages export. */
export interface Insides {
  /** What is to be put behind the text of files, by their paths. */
  readonly texts: Readonly<Record<string, string>>
  /** What is to be changed in files, by their paths, in the order of each file. */
  readonly edits: Readonly<Record<string, readonly Edit[]>>
  /** What is to be looked at once it is loaded. */
  readonly roots?: readonly FreshRoot[]
}

/** The paths of the files that are bundled other than they are. */
export function changedFiles({ texts, edits }: Pick<Insides, 'texts' | 'edits'>): readonly string[] {
  return Object.keys({ ...texts, ...edits })
}

/** What the process that bundles is told. */
export interface BuildOrder extends Insides {
  readonly options: BuildOptions
}

export type BuildAnswer =
  | { readonly text: string; readonly metafile: Metafile; readonly fresh?: FreshState }
  | { readonly message: string; readonly errors: readonly Message[] }

/** Milliseconds that a bundle may take: far more than the largest needs. */
const MAX_BUILD = 120_000
/** Bytes that it may have, with what esbuild tells of it. */
const MAX_ANSWER = 512 * 1024 ** 2
/** Where the process answers: what packages print is not in the way there. */
export const ANSWER_FD = 3

const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
const script = fileURLToPath(new URL(`closure/packages/build-process.${ending}`, ownFiles))

interface Output {
  readonly outputFiles: readonly { readonly contents: Uint8Array; readonly text: string }[]
  readonly metafile: Metafile
  readonly fresh?: FreshState | undefined
}

/**
 * Bundles with more in some files than they have on disk, and loads that once to see what is there then. The first takes a plugin,
 * which esbuild runs only where it need not wait for the result, and the second runs code: so in a process of its own,
 * for which this one waits.
 * @throws what esbuild threw there
 */
export function buildWithInsides(options: BuildOptions, insides: Insides): Output {
  const names = `const ${INSIDES} = {}, ${PRIVATE} = require(${JSON.stringify(PRIVATE)});`
  const banner = { js: `${options.banner?.['js'] ?? ''} ${names}` }
  const order: BuildOrder = { options: changedFiles(insides).length > 0 ? { ...options, banner } : options, ...insides }
  const { NODE_OPTIONS: _none, ...env } = process.env
  const { output, stderr, error } = spawnSync(process.execPath, ['--no-warnings', script], {
    input: JSON.stringify(order),
    stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
    maxBuffer: MAX_ANSWER,
    timeout: MAX_BUILD,
    env,
  })
  const told = output?.[ANSWER_FD]?.toString() ?? ''
  if (error !== undefined || told === '') {
    throw new Error(`the process that bundles packages failed: ${stderr?.toString() ?? ''}`, { cause: error })
  }
  const answer = JSON.parse(told) as BuildAnswer
  if ('errors' in answer) throw Object.assign(new Error(answer.message), { errors: answer.errors })
  const { text, metafile, fresh } = answer
  return { outputFiles: [{ contents: new TextEncoder().encode(text), text }], metafile, fresh }
}
