import { randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { WireAsset } from '../bundle-format.ts'
import { refuse, sha256 } from './open-bundle.ts'
import { makeOwnFolder } from './own-folder.ts'

/**
 * Files of the caller's that a function names by their place. They are written into a folder of the worker's, those of one
 * project as they lie there, and what says a place in such a project says it in that folder. What a job wrote over is made
 * good when the next process, or the next code, needs it.
 */

/** The folder of a process to which no host gave one. */
let ownFolder: string | undefined
/** Folders that this process looked at. */
const written = new Set<string>()

/** Writes them, and gives what the caller's places are here. */
export function layOut(
  assets: readonly WireAsset[],
  {
    module,
    folder,
  }: { readonly module: (hash: string) => Uint8Array | undefined; readonly folder?: string | undefined },
): (path: string) => string {
  if (assets.length === 0) return path => path
  // The longest first: one project may lie in another.
  const roots = [...new Set(assets.map(({ root }) => root))].sort((a, b) => b.length - a.length)
  const names = assets.map(({ root, path, hash }) => [roots.indexOf(root), path, hash])
  const home = join(
    folder ?? temporary(),
    `assets-${sha256(new TextEncoder().encode(JSON.stringify(names))).slice(0, 32)}`,
  )
  if (!written.has(home)) {
    for (const { root, path, hash } of assets) {
      const bytes = module(hash)
      if (bytes === undefined) throw refuse(`the file ${path}, which it names, is not here`)
      if (sha256(bytes) !== hash) throw refuse(`the file ${path}, which it names, is not the one that was sent`)
      write(join(home, String(roots.indexOf(root)), path), bytes)
    }
    written.add(home)
  }
  return path => {
    const root = roots.find(each => path === each || path.startsWith(`${each}/`))
    return root === undefined ? path : join(home, String(roots.indexOf(root))) + path.slice(root.length)
  }
}

function temporary(): string {
  ownFolder ??= makeOwnFolder('assets')
  return ownFolder
}

/** Whole or not at all: other processes may read it. */
function write(file: string, bytes: Uint8Array): void {
  const { mkdirSync, readFileSync, renameSync, writeFileSync } = process.getBuiltinModule('node:fs')
  try {
    if (readFileSync(file).equals(bytes)) return
  } catch {
    // Not there yet.
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const incoming = `${file}.${randomUUID()}`
  // Jobs share it.
  writeFileSync(incoming, bytes, { mode: 0o400 })
  renameSync(incoming, file)
}

/** A `URL` that each job gets anew, as it may be changed. */
export class PlaceUrl {
  readonly #href: string

  constructor(href: string) {
    this.#href = href
  }

  /** Asks no prototype. */
  static is(value: unknown): value is PlaceUrl {
    return typeof value === 'object' && value !== null && #href in value
  }

  make(): URL {
    return new URL(this.#href)
  }
}

/** What says a place, in the form in which it said it there. */
export function placeHere(form: string, text: string, placeOf: (path: string) => string): unknown {
  if (form === 'path') return placeOf(text)
  try {
    const url = new URL(text)
    const moved = pathToFileURL(placeOf(fileURLToPath(url)))
    moved.search = url.search
    moved.hash = url.hash
    return form === 'url' ? moved.href : new PlaceUrl(moved.href)
  } catch (cause) {
    throw refuse(`it needs the place ${text}, which is no file`, cause)
  }
}
