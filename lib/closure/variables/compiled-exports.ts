import { types } from 'node:util'
import { type Callable, functionText } from '../../value/captured.ts'
import type { FreeName } from '../source/function-code.ts'
import { levelOf, lookInside } from '../source/inspector.ts'

/**
 * Where a compiler made CommonJS of a file, what it exports is one object, and a function that uses one export sees them all.
 * It travels as it is, so that all see one. Where it can't, in its place goes an object without the exports that can't
 * and that no function names; a job sees the difference only if it lists them.
 */
export class CompiledExports {
  /** Some travel as a whole, and may be tried without what can't. */
  met = false
  /** How often something was put into what goes in their place. */
  size = 0
  /** Of each, what stayed behind. */
  readonly #without = new Map<object, Set<string>>()
  readonly #made: WeakMap<object, object>
  readonly #omits: boolean
  readonly #sends: (value: unknown) => boolean
  readonly #isHeld: (object: object) => boolean

  /**
   * @param omits leave behind what can't travel
   * @param tries whether this is to find that out, of one of them
   * @param isHeld whether the receiver has an object from another message
   */
  constructor(
    { omits = false, tries = false }: { readonly omits?: boolean | undefined; readonly tries?: boolean | undefined },
    sends: (value: unknown) => boolean,
    isHeld: (object: object) => boolean,
  ) {
    this.#made = tries ? new WeakMap() : made
    this.#omits = omits
    this.#sends = sends
    this.#isHeld = isHeld
  }

  /** Whether some stayed behind: at the next capture they may hold what can travel. */
  get hasOmitted(): boolean {
    return this.#without.values().some(names => names.size > 0)
  }

  /** What stands for the value of a variable: mostly itself. */
  take({ members, writes }: FreeName, value: unknown): unknown {
    if (members === undefined || writes || !isCompiled(value)) return value
    this.met = true
    if (!this.#omits) return value
    const known = this.#made.get(value)
    // Who has it already has it as it was made.
    if (known !== undefined && this.#isHeld(known)) {
      return [...members].every(name => Object.hasOwn(known, name) || !Object.hasOwn(value, name)) ? known : value
    }
    const without = this.#without.get(value) ?? this.#makeOf(value)
    for (const name of members) if (without.delete(name)) this.#put(value, name)
    return without.size > 0 ? this.#made.get(value) : value
  }

  #makeOf(exports: object): Set<string> {
    const without = new Set<string>()
    this.#without.set(exports, without)
    this.#made.set(exports, {})
    for (const name of Object.getOwnPropertyNames(exports)) {
      const slot = slotOf(exports, name)
      if (this.#sends(slot?.get ?? slot?.value)) this.#put(exports, name)
      else without.add(name)
    }
    return without
  }

  #put(exports: object, name: string): void {
    const slot = slotOf(exports, name)
    this.size++
    if (slot !== undefined) Object.defineProperty(this.#made.get(exports) as object, name, slot)
  }
}

/** One for each, so that functions of arguments see the one that the job's own function has. */
const made = new WeakMap<object, object>()

function isCompiled(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return false
  if (Object.getPrototypeOf(value) !== Object.prototype) return false
  const mark = Object.getOwnPropertyDescriptor(value, '__esModule')
  return mark?.value === true || (mark?.get !== undefined && copied(mark.get) !== undefined)
}

/** Of an export that esbuild copied from another object with its getter, that getter: who needs one needs not the others then. */
function slotOf(exports: object, name: string): PropertyDescriptor | undefined {
  const slot = Object.getOwnPropertyDescriptor(exports, name)
  for (let get = slot?.get; get !== undefined; ) {
    const behind: (() => unknown) | undefined = copied(get)?.get
    if (behind === undefined) return { ...slot, get }
    get = behind
  }
  return slot
}

/** `() => from[key]`, as helpers of compilers write it. */
const copying = /^\(\)\s*=>\s*([\w$]+)\[([\w$]+)\]$/

/** What such a getter copies. */
function copied(get: () => unknown): PropertyDescriptor | undefined {
  const [, from, key] = types.isProxy(get) ? [] : (copying.exec(functionText(get)) ?? [])
  if (from === undefined || key === undefined) return undefined
  const { scopes } = lookInside(get as Callable)
  const [object, name] = [from, key].map((each): unknown => scopes[levelOf(scopes, each)]?.object[each])
  if (typeof object !== 'object' || object === null || types.isProxy(object) || typeof name !== 'string')
    return undefined
  return Object.getOwnPropertyDescriptor(object, name)
}
