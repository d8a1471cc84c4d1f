import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { types } from 'node:util'
import type { Class } from 'acorn'
import type { Callable } from '../../value/captured.ts'
import { OWN_NAMES, PRIVATE } from '../bundle-format.ts'
import { CaptureError } from '../capture-error.ts'
import { isInstalled } from '../packages/resolve-module.ts'
import type { Edit, FreeName, FunctionCode } from '../source/function-code.ts'
import { guardBehind, privateEdits } from '../source/private-members.ts'
import { placeOf, type Script } from '../source/script.ts'
import { privateOfPackage } from './class-refusals.ts'
import { displayName } from './function-name.ts'
import { type Members, membersOf } from './private-classes.ts'

/** A class, and where its text stands. */
interface Place {
  readonly node: Class
  readonly script: Script
}

interface Opened {
  readonly file: string
  readonly edits: readonly Edit[]
  /** Of its body, before the bracket. */
  readonly end: number
}

/**
 * Classes of packages whose instances travel with their private fields. Such a class is the package's own there as
 * here, but in its file the bundler puts into it what a class of the user's gets too: what puts private fields back.
 */
export class OpenedClasses {
  readonly #all = new Map<Callable, Opened>()
  /** Those inside of which functions are made. */
  readonly #filled = new Set<Callable>()

  /** Those that the receiver has from another message, in which they were not opened. */
  readonly closed = new Set<Callable>()
  readonly #find: (owner: Callable) => readonly [id: unknown, fills: boolean | undefined]

  /** @param find a class's id, and whether the receiver can put private fields of one back that it has already */
  constructor(find: (owner: Callable) => readonly [id: unknown, fills: boolean | undefined]) {
    this.#find = find
  }

  /**
   * Sees to it that the receiver can put private fields of a class back.
   * @throws {CaptureError} where it can't
   */
  readonly admit = (owner: Callable, at: Place = membersOf(owner) as Members): void => {
    const [id, fills] = this.#find(owner)
    if (typeof id !== 'number') return
    if (id % 4 !== 0 && fills === false) this.closed.add(owner)
    else if (id % 4 === 1 && !this.#all.has(owner)) this.#open(owner, at)
  }

  #open(owner: Callable, { node, script }: Place): void {
    const file = isInstalled(script.url) && script.url.startsWith('file:') ? fileURLToPath(script.url) : script.url
    if (!isAsOnDisk(file, script)) throw privateOfPackage(displayName(owner))
    const { names, text } = guardBehind(node.start)
    const { edits, refusal } = privateEdits(node, script.source, node.superClass != null, names)
    if (refusal !== undefined) {
      const { why, hint, start } = refusal
      throw new CaptureError(why, { path: [displayName(owner)], place: placeOf(script, start), hint })
    }
    const after = script.source.length
    const end = node.body.end - 1
    // Of classes that one text made.
    const isOpen = this.#all.values().some(other => other.file === file && other.end === end)
    this.#all.set(owner, { file, end, edits: isOpen ? [] : [...edits, { start: after, end: after, text }] })
  }

  has(owner: Callable): boolean {
    return this.#all.has(owner)
  }

  /** Whether private fields of a class can be put back where these functions of packages are: itself or one below it may be among them. */
  fills(owner: Callable, functions: readonly (Callable | undefined)[]): boolean {
    return this.has(owner) || !functions.some(fn => fn !== undefined && isAtOrBelow(fn, owner))
  }

  /**
   * The code of a function that is made inside of the texts of such classes: what is around these it finds there.
   * @param owners the classes of `code.within`
   * @throws {CaptureError} where it asks for the place of its file, which it would not find there; for a second class of one text
   */
  insideOf(code: FunctionCode, owners: readonly Callable[]): FunctionCode {
    const around = code.within.filter((_, at) => this.has(owners[at] as Callable))
    if (around.length === 0) return code
    for (const owner of owners) this.#refuseTwins(owner)
    const start = Math.min(...around.map(node => node.start))
    const isInside = ({ name, binding }: FreeName): boolean => {
      const { scope } = binding ?? {}
      if (scope?.parent !== undefined && scope.start >= start) return true
      if (name.startsWith(OWN_NAMES)) throw privateOfPackage(displayName(owners[0] as Callable))
      return false
    }
    return { ...code, free: code.free.filter(isInside) }
  }

  #refuseTwins(owner: Callable): void {
    const opened = this.#all.get(owner)
    if (opened === undefined) return
    const twin = this.#filled.values().find(other => {
      const { file, end } = this.#all.get(other) as Opened
      return other !== owner && file === opened.file && end === opened.end
    })
    if (twin !== undefined) throw privateOfPackage(displayName(owner))
    this.#filled.add(owner)
  }

  /**
   * What is to be changed in files, by their paths, in the order of each file.
   * @param bodies scripts that are to stand inside of the texts of classes
   */
  edits(bodies: ReadonlyMap<Callable, string>): Readonly<Record<string, readonly Edit[]>> {
    const files: Record<string, Edit[]> = {}
    for (const [owner, { file, edits, end }] of this.#all) {
      files[file] = [...(files[file] ?? []), ...edits]
      const body = bodies.get(owner)
      if (body === undefined) continue
      files[file].push({ start: end, end, text: `; static { ${PRIVATE}(this, void 0, void 0, void 0, ${body}) } ` })
    }
    const sorted = Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1))
    return Object.fromEntries(
      sorted.map(([file, edits]) => [file, edits.sort((one, other) => one.start - other.start || one.end - other.end)]),
    )
  }
}

function isAtOrBelow(fn: Callable, owner: Callable): boolean {
  for (let at: object | null = fn; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (at === owner) return true
    if (types.isProxy(at)) return false
  }
  return false
}

const sameOnDisk = new WeakMap<Script, boolean>()

/** A loader may have run another text. */
function isAsOnDisk(file: string, script: Script): boolean {
  const known = sameOnDisk.get(script) ?? reads(file, script.source)
  sameOnDisk.set(script, known)
  return known
}

function reads(file: string, source: string): boolean {
  try {
    return readFileSync(file, 'utf8') === source
  } catch {
    return false
  }
}
