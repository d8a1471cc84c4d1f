import * as own from './captured-base.ts'

/** A built-in as it is reached. */
export interface Entry {
  /** As `Math.max`, `Map.prototype.size (get)` or `Array.prototype[Symbol(Symbol.iterator)]`. */
  readonly name: string
  readonly object: object
  /** Below a global of the language, where only native functions are what every process has. */
  readonly native: boolean
}

/** How V8 prints every function that is not written in JavaScript. */
const NATIVE_TEXT = '{ [native code] }'

/** Whether a function is not written in JavaScript, or is bound. */
export function isNative(fn: object): boolean {
  return own.functionText(fn).endsWith(NATIVE_TEXT)
}

/** Whether it is the process's own, and was not put there by a program. */
export function isBuiltIn({ name, object, native }: Entry): boolean {
  if (typeof object === 'function') return !native || isNative(object)
  // The data of `process` (its arguments, its settings) are data like all others.
  return !name.startsWith('process.')
}

let others: readonly (readonly [name: string, object: object])[] | undefined

/** What no property of a global leads to. */
export function unnamed(): readonly (readonly [name: string, object: object])[] {
  const prototypeOf = own.getPrototypeOf as (object: object) => object
  others ??= [
    ['TypedArray', prototypeOf(Uint8Array)],
    ['IteratorHelper.prototype', prototypeOf(Iterator.from([]).map(item => item))],
    ['AsyncFunction.prototype', prototypeOf(async () => {})],
    ['GeneratorFunction.prototype', prototypeOf(function* () {})],
    ['AsyncGeneratorFunction.prototype', prototypeOf(async function* () {})],
    ['ArrayIterator.prototype', prototypeOf([].values())],
    ['MapIterator.prototype', prototypeOf(new Map().values())],
    ['SetIterator.prototype', prototypeOf(new Set().values())],
    ['StringIterator.prototype', prototypeOf(''[Symbol.iterator]())],
    ['RegExpStringIterator.prototype', prototypeOf(''.matchAll(/x/g))],
    ['AsyncIterator.prototype', prototypeOf((prototypeOf(async function* () {}) as { prototype: object }).prototype)],
    ['WrapForValidIterator.prototype', prototypeOf(Iterator.from({ next: () => ({ done: true, value: 0 }) }))],
  ]
  return others
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
