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

/** What is known of a class that travels. */
export interface Lookup {
  idOf(owner: Callable): unknown
  /** Whether the receiver can put private fields of one back that it has already; undefined where it has nothing. */
  fills(owner: Callable): boolean | undefined
}

/**
 * Classes of packages whose instances travel with their private fields. Such a class is the package's own there as
 * here, but in its file the bundler puts into it what a class of the user's gets too: what puts private fields back.
 */
export class OpenedClasses {
  readonly #all = new Map<Callable, Opened>()
  /** Those inside of which functions are made. */
  readonly #around = new Set<Callable>()
  /** Those that need not be looked at again: there may be many instances. */
  readonly #admitted = new Set<Callable>()
  readonly #lookup: Lookup

  /** Those that the receiver has from another message, in which they were not opened. */
  readonly closed = new Set<Callable>()

  constructor(lookup: Lookup) {
    this.#lookup = lookup
  }

  /**
   * Sees to it that the receiver can put private fields of a class back.
   * @throws {CaptureError} where it can't
   */
  readonly admit = (owner: Callable, at: Place = membersOf(owner) as Members): void => {
    const id = this.#lookup.idOf(owner)
    if (typeof id !== 'number' || id % 4 === 0 || this.#admitted.has(owner)) return
    if (this.#lookup.fills(owner) === false) this.closed.add(owner)
    else if (id % 4 === 1) this.#open(owner, at)
    this.#admitted.add(owner)
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
    const opened = { file, end: node.body.end - 1, edits: [...edits, { start: after, end: after, text }] }
    const isOpen = this.#all.values().some(other => isOfOneText(opened, other))
    this.#all.set(owner, isOpen ? { ...opened, edits: [] } : opened)
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
    for (const owner of owners) this.#enclose(owner)
    const start = Math.min(...around.map(node => node.start))
    const isInside = ({ name, binding }: FreeName): boolean => {
      const { scope } = binding ?? {}
      if (scope?.parent !== undefined && scope.start >= start) return true
      if (name.startsWith(OWN_NAMES)) throw privateOfPackage(displayName(owners[0] as Callable))
      return false
    }
    return { ...code, free: code.free.filter(isInside) }
  }

  #enclose(owner: Callable): void {
    const opened = this.#all.get(owner)
    if (opened === undefined) return
    const hasTwin = this.#around
      .values()
      .some(other => other !== owner && isOfOneText(opened, this.#all.get(other) as Opened))
    if (hasTwin) throw privateOfPackage(displayName(owner))
    this.#around.add(owner)
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

/** Of two classes. */
function isOfOneText(one: Opened, other: Opened): boolean {
  return one.file === other.file && one.end === other.end
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
