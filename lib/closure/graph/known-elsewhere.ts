import { type Callable, functionText } from '../../value/captured.ts'
import type { KnownFunctions } from '../bundle-format.ts'
import { displayName } from '../nodes/function-name.ts'
import { type FunctionCode, functionCode } from '../source/function-code.ts'
import { type LiveScope, lookInside } from '../source/inspector.ts'
import { syntaxAt } from '../source/script.ts'

/** A class that the receiver has. */
export interface KnownClass {
  readonly fn: Callable
  readonly code: FunctionCode
  readonly scopes: readonly LiveScope[]
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
    this.#ids ??= new Map(
      this.#bundles.flatMap(({ hash, functions }) => functions.map((it, id) => [it, [hash, id] as const] as const)),
    )
    return this.#ids.get(fn)
  }

  /** The classes that were made from a text. */
  classesOf(node: object): readonly KnownClass[] {
    this.#classes ??= this.#bundles.flatMap(({ functions }) => functions.flatMap(classIn))
    return this.#classes.filter(({ code }) => code.syntax.node === node)
  }
}

function classIn(fn: Callable): KnownClass[] {
  const text = functionText(fn)
  if (!text.startsWith('class')) return []
  const { location, scopes } = lookInside(fn)
  if (location === undefined) return []
  return [{ fn, scopes, code: functionCode(syntaxAt(location, text, displayName(fn))) }]
}
