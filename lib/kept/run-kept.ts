import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { arch, env, pid, version } from 'node:process'
import { Script } from 'node:vm'
import { makeFolder } from '../disk/make-folder.ts'

/** Characters of the hash of its content that a script begins with, in a comment: `/*0123…`. */
const HASH_CHARS = 16
/** Scripts that are kept at most, of other versions of this package and of Node. Each takes half a megabyte. */
const MAX_KEPT = 8

/** A script that ran. */
export interface Ran {
  readonly exports: unknown
  /** Keeps what V8 compiled of it until now; undefined where that is kept already. To be called once, when nobody waits. */
  readonly keep: (() => void) | undefined
}

/**
 * Runs a script of ours. V8 takes as long to compile it as to run it, so what it compiled may be kept in the user's folder
 * for caches, for the processes that come later. Where nothing can be read or written there, each process compiles for
 * itself. V8 itself refuses what another version of it made.
 * It has no `import()`, for which a script needs what Node warns of as experimental.
 * @param shared modules that the script is to use as they are here
 */
export function runKept(file: URL, shared: Readonly<Record<string, object>> = {}): Ran {
  const source = readFileSync(file, 'utf8')
  const kept = join(folder(), `${source.slice(2, 2 + HASH_CHARS)}-${version}-${arch}`)
  const cachedData = read(kept)
  const script = new Script(source, {
    filename: file.href,
    ...(cachedData && { cachedData }),
  })
  const isKept = cachedData !== undefined && script.cachedDataRejected !== true
  return {
    exports: script.runInThisContext()(shared, createRequire(file), file.href),
    keep: isKept ? undefined : () => keep(kept, script),
  }
}

function folder({ XDG_CACHE_HOME: given } = env): string {
  return join(given !== undefined && given !== '' ? given : join(homedir(), '.cache'), 'picloud', 'code')
}

function read(path: string): Buffer | undefined {
  // Node's own word for it.
  if (env['NODE_DISABLE_COMPILE_CACHE'] !== undefined) return undefined
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

/** Whole or not at all, whoever else does so now. */
function keep(path: string, script: Script): void {
  if (env['NODE_DISABLE_COMPILE_CACHE'] !== undefined) return
  const temporary = `${path}.${pid}`
  try {
    makeFolder(folder())
    const others = readdirSync(folder())
    if (others.length >= MAX_KEPT) for (const name of others) rmSync(join(folder(), name), { force: true })
    writeFileSync(temporary, script.createCachedData(), { mode: 0o600 })
    renameSync(temporary, path)
  } catch {
    remove(temporary)
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    // Its folder is none.
  }
}
