import { types } from 'node:util'
import { type Callable, functionText } from '../../value/captured.ts'
import type { KnownFunctions } from '../bundle-format.ts'
import { builtInPathOf } from '../nodes/built-ins.ts'
import { displayName } from '../nodes/function-name.ts'
import { hostPathOf } from '../nodes/host-modules.ts'
import { type FunctionCode, functionCode } from '../source/function-code.ts'
import { type LiveScope, lookInside } from '../source/inspector.ts'
import { syntaxAt } from '../source/script.ts'

/** A class that the receiver has. */
export interface KnownClass {
  readonly fn: Callable
  readonly code: FunctionCode
  readonly scopes: readonly LiveScope[]
}

export function ownersOf(bundles: readonly KnownFunctions[]): readonly Callable[] {
  return bundles.flatMap(({ owners }) => owners?.() ?? [])
}

/** The functions of other bundles that the receiver of a message has. */
export class KnownElsewhere {
  readonly #bundles: readonly KnownFunctions[]
  #ids: Map<Callable, readonly [hash: string, id: number]> | undefined
  #classes: readonly KnownClass[] | undefined

  constructor(bundles: readonly KnownFunctions[]) {
    this.#bundles = bundles
  }

  /** Bundle and id of a function. */
  find(fn: Callable): readonly [hash: string, id: number] | undefined {
    this.#ids ??= this.#byFunction()
    return this.#ids.get(fn)
  }

  /** Whether the receiver can put private fields of a class back that it has. */
  fills(owner: Callable): boolean {
    return this.#bundles.every(({ fills }) => fills?.(owner) !== false)
  }

  /** Classes that give objects private members. */
  get owners(): readonly Callable[] {
    return ownersOf(this.#bundles)
  }

  #byFunction(): Map<Callable, readonly [hash: string, id: number]> {
    const ids = new Map<Callable, readonly [hash: string, id: number]>()
    for (const { hash, functions } of this.#bundles) {
      for (const [id, fn] of functions.entries()) {
        if (isFunction(fn) && !ids.has(fn) && !isEverywhere(fn)) ids.set(fn, [hash, id])
      }
    }
    return ids
  }

  /** The classes that were made from a text. */
  classesOf(node: object): readonly KnownClass[] {
    this.#classes ??= this.#bundles.flatMap(({ functions }) => functions.filter(isFunction).flatMap(classIn))
    return this.#classes.filter(({ code }) => code.syntax.node === node)
  }
}

function isFunction(value: unknown): value is Callable {
  return typeof value === 'function' && !types.isProxy(value)
}

/** What Node and PiCloud bring goes by its name. */
function isEverywhere(fn: Callable): boolean {
  return builtInPathOf(fn) !== undefined || hostPathOf(fn) !== undefined
}

function classIn(fn: Callable): KnownClass[] {
  const text = functionText(fn)
  if (!text.startsWith('class')) return []
  const { location, scopes } = lookInside(fn)
  if (location === undefined) return []
  return [{ fn, scopes, code: functionCode(syntaxAt(location, text, displayName(fn))) }]
}
