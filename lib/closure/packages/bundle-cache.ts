import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { makeFolder } from '../../disk/make-folder.ts'
import { decodeFrame, encodeFrame } from '../../protocol/frame.ts'
import type { Built } from './build-packages.ts'
import { resolveModule } from './resolve-module.ts'

/**
 * Package bundles of earlier processes, in a folder of the user's. One is used again as long as each file in it, and
 * each package.json beside one, is as it was, and each package that one of them imports is still found where it was.
 */

/** Bundles that are kept; the longest unused go first. */
export const MAX_CACHED_BUNDLES = 100

/** Raised with every change of what is stored or how it is bundled. */
const FORMAT = 8

interface Stored {
  readonly hash: string
  readonly awaits?: string
  readonly files: Built['files']
  readonly resolved: Built['resolved']
  readonly sizes: Built['sizes']
  readonly beside: Built['beside']
  readonly fresh?: Built['fresh']
  /** Path, bytes and time of change, in turns; -1 for what was not there. */
  readonly marks: readonly (string | number)[]
}

export function cacheFolder({ XDG_CACHE_HOME: folder } = process.env): string {
  return join(folder !== undefined && folder !== '' ? folder : join(homedir(), '.cache'), 'picloud', 'packages')
}

/** The name of what a text gives under some settings. */
export function cacheKey(...parts: readonly unknown[]): string {
  return createHash('sha256')
    .update(JSON.stringify([FORMAT, ...parts]))
    .digest('hex')
}

/** Undefined for what is not there, broken or outdated. */
export function readCached(key: string): Built | undefined {
  const path = join(cacheFolder(), key)
  try {
    const { header, sections } = decodeFrame(readFileSync(path))
    const { hash, awaits, files, resolved, sizes, beside, marks, fresh } = header as Stored
    const [bytes] = sections
    if (bytes === undefined || createHash('sha256').update(bytes).digest('hex') !== hash) return undefined
    if (marksOf([...files, ...pathsOf(beside)]).some((mark, index) => mark !== marks[index])) return undefined
    if (!resolved.every(([importer, specifier, by, file]) => resolveModule(specifier, importer, by) === file))
      return undefined
    const now = new Date()
    utimesSync(path, now, now)
    return { bytes, awaits, files, resolved, sizes, beside, fresh }
  } catch {
    return undefined
  }
}

/** Where nothing can be written, each process bundles for itself. */
export function writeCached(key: string, { bytes, awaits, files, resolved, sizes, beside, fresh }: Built): void {
  const folder = cacheFolder()
  const hash = createHash('sha256').update(bytes).digest('hex')
  const waits = awaits === undefined ? {} : { awaits }
  const marks = marksOf([...files, ...pathsOf(beside)])
  const stored: Stored = { hash, ...waits, files, resolved, sizes, beside, marks, ...(fresh && { fresh }) }
  const temporary = join(folder, `${key}.${randomUUID()}`)
  if (!isFolder(folder)) return
  try {
    writeFileSync(temporary, encodeFrame(stored, [bytes]), { mode: 0o600 })
    renameSync(temporary, join(folder, key))
    evict(folder)
  } catch {
    rmSync(temporary, { force: true })
  }
}

/** Makes it where it is not there. */
function isFolder(path: string): boolean {
  try {
    makeFolder(path)
    return true
  } catch {
    return false
  }
}

function pathsOf(beside: Built['beside']): string[] {
  return beside.map(({ path }) => path)
}

function marksOf(files: readonly string[]): (string | number)[] {
  const watched = new Set(files)
  for (const file of files) {
    for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
      const manifest = join(folder, 'package.json')
      if (watched.has(manifest)) break
      watched.add(manifest)
      if (folder.endsWith('/node_modules') || dirname(folder).endsWith('/node_modules')) break
    }
  }
  return [...watched].flatMap(file => {
    const { size = -1, mtimeMs = -1 } = statSync(file, { throwIfNoEntry: false }) ?? {}
    return [file, size, mtimeMs]
  })
}

function evict(folder: string): void {
  const names = readdirSync(folder)
  if (names.length <= MAX_CACHED_BUNDLES) return
  const byAge = names
    .map(name => ({ name, at: statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((a, b) => a.at - b.at)
  for (const { name } of byAge.slice(0, names.length - MAX_CACHED_BUNDLES)) rmSync(join(folder, name), { force: true })
}
