import type { Piece } from './plan.ts'

/** Something that the text can name, and what can be done with it. In the texts `@` stands for it. */
export interface Thing {
  /** An expression that gives it. */
  readonly path: string
  /** Expressions that take no time. Those behind a `!` have names of the scope in them. */
  readonly uses: readonly string[]
  /** Those that assign it. */
  readonly writes?: readonly string[]
  /** Those that give a promise. */
  readonly awaits?: readonly string[]
  /** How many calls a use comes to, about. */
  readonly cost?: number
  /** It can be called with a number. */
  readonly isFunction?: boolean
  readonly asClass?: ClassShape
}

/** What a class that extends it has to know. */
export interface ClassShape {
  /** Arguments of `super`. */
  readonly superArgs: string
  readonly methods: readonly string[]
  readonly statics: readonly string[]
}

/** More than this no use may come to: functions call those before them, which call those before them. */
const MAX_COST = 60

/** Names that are declared over and over. */
const few = ['a', 'b', 'c', 'd', 'e', 'name', 'value', 'length', 'of', 'get']

class Scope {
  readonly things: Thing[] = []
  /** Declared in it. */
  readonly names = new Set<string>()
  /** Of those around it, used in it: no more to be declared. */
  readonly used = new Set<string>()
  readonly parent: Scope | undefined
  readonly isFunction: boolean

  constructor(parent: Scope | undefined, isFunction: boolean) {
    this.parent = parent
    this.isFunction = isFunction
  }
}

/** Writes a program's text: knows what is in scope, and picks as the plan says. */
export class Writer {
  scope = new Scope(undefined, true)
  /** Calls that what is being written comes to. */
  cost = 0
  readonly isModule: boolean
  readonly write: (piece: Piece) => string
  #piece: Piece = { kind: 0, picks: [], inside: [] }
  #at = 0
  #names = 0

  constructor(isModule: boolean, write: (writer: Writer, piece: Piece) => string) {
    this.isModule = isModule
    this.write = piece => this.#by(piece, () => write(this, piece))
  }

  /** Writes by the numbers of a piece. */
  #by<T>(piece: Piece, act: () => T): T {
    const [before, at] = [this.#piece, this.#at]
    this.#piece = piece
    this.#at = 0
    try {
      return act()
    } finally {
      this.#piece = before
      this.#at = at
    }
  }

  use(piece: Piece, act: () => string): string {
    return this.#by(piece, act)
  }

  pick(below: number): number {
    return (this.#piece.picks[this.#at++] ?? 0) % below
  }

  one<T>(...of: readonly T[]): T {
    return of[this.pick(of.length)] as T
  }

  chance(outOf: number): boolean {
    return this.pick(outOf) === outOf - 1
  }

  /** A name to declare here: a new one, or one that hides another. */
  name(hint: string, isVar = false): string {
    const chosen = this.pick(3) > 0 ? undefined : this.one(...few)
    const name = chosen !== undefined && this.#isFree(chosen, isVar) ? chosen : `${hint}${this.#names++}`
    this.#declare(name, isVar)
    return name
  }

  /** A name that hides none. */
  fresh(hint: string): string {
    return `${hint}${this.#names++}`
  }

  /** What a path starts with is used here: no more to be declared. */
  mention(path: string): void {
    this.#note(rootOf(path))
  }

  #isFree(name: string, isVar: boolean): boolean {
    for (let at: Scope | undefined = this.scope; at !== undefined; at = at.parent) {
      if (at.names.has(name) || at.used.has(name)) return false
      if (!isVar || at.isFunction) return true
    }
    return true
  }

  #declare(name: string, isVar: boolean): void {
    for (let at: Scope | undefined = this.scope; at !== undefined; at = at.parent) {
      at.names.add(name)
      if (!isVar || at.isFunction) return
    }
  }

  /** Takes a name of the language's, so that what is outside under it is not seen here. */
  hide(...names: readonly string[]): void {
    for (const name of names) this.scope.names.add(name)
  }

  add(thing: Thing): void {
    this.scope.things.push(thing)
  }

  /** Writes in a scope inside of this one. */
  within<T>(isFunction: boolean, act: (scope: Scope) => T): T {
    const scope = new Scope(this.scope, isFunction)
    this.scope = scope
    try {
      return act(scope)
    } finally {
      this.scope = scope.parent as Scope
    }
  }

  /** What a function's calls come to, beside its text. */
  counted(act: () => string): { readonly text: string; readonly cost: number } {
    const before = this.cost
    this.cost = 0
    const text = act()
    const cost = this.cost + 1
    this.cost = before
    return { text, cost }
  }

  #visible(suits: (thing: Thing) => boolean): Thing[] {
    const found: Thing[] = []
    const hidden = new Set<string>()
    for (let at: Scope | undefined = this.scope; at !== undefined; at = at.parent) {
      for (const thing of at.things) {
        const fits = (thing.cost ?? 0) + this.cost < MAX_COST && suits(thing)
        if (fits && !hidden.has(rootOf(thing.path))) found.push(thing)
      }
      for (const name of at.names) hidden.add(name)
    }
    return found
  }

  /** Something in scope; undefined where there is nothing. */
  find(suits: (thing: Thing) => boolean): Thing | undefined {
    const found = this.#visible(suits)
    if (found.length === 0) return undefined
    // What came last more often: so that chains become long.
    const at = this.chance(2) ? found.length - 1 - this.pick(Math.min(3, found.length)) : this.pick(found.length)
    const thing = found[at] as Thing
    this.#note(rootOf(thing.path))
    this.cost += thing.cost ?? 0
    return thing
  }

  #note(root: string): void {
    for (let at: Scope | undefined = this.scope; at !== undefined && !at.names.has(root); at = at.parent)
      at.used.add(root)
  }

  /** An expression that uses something, assigns it too. */
  reading(): string {
    const thing = this.find(({ uses }) => uses.length > 0)
    if (thing === undefined) return String(this.pick(100))
    const { writes = [] } = thing
    return this.one(...thing.uses, ...writes)
      .replace(/^!/, '')
      .replaceAll('@', thing.path)
  }

  /** A number. */
  num(depth = 2): string {
    const kind = this.pick(6)
    if (kind === 0 || depth === 0) return String(this.pick(100))
    if (kind === 1) return `${this.num(depth - 1)} + ${this.num(depth - 1)}`
    return `num(${this.reading()})`
  }

  /** The same where `await` may stand. */
  later(): string {
    const thing = this.chance(2) ? this.find(({ awaits = [] }) => awaits.length > 0) : undefined
    if (thing === undefined) return this.num()
    return `num(await ${this.one(...(thing.awaits as string[])).replaceAll('@', thing.path)})`
  }

  /** A number where nothing may be thrown: in what is evaluated once. */
  safe(): string {
    return this.chance(2) ? `safe(() => ${this.num()})` : String(this.pick(100))
  }
}

function rootOf(path: string): string {
  return /^[\w$]+/.exec(path)?.[0] ?? path
}
