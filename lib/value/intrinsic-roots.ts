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

/** Of each prototype that no property of a global leads to, something that inherits from it. */
const instances: readonly (readonly [name: string, instance: object])[] = [
  ['IteratorHelper', Iterator.from([]).map(item => item)],
  ['AsyncFunction', async () => {}],
  ['GeneratorFunction', function* () {}],
  ['AsyncGeneratorFunction', async function* () {}],
  ['ArrayIterator', [].keys()],
  ['MapIterator', new Map().keys()],
  ['SetIterator', new Set().keys()],
  ['StringIterator', ''[Symbol.iterator]()],
  ['RegExpStringIterator', ''.matchAll(/x/g)],
  ['AsyncIterator', (Object.getPrototypeOf(async function* () {}) as { prototype: object }).prototype],
  ['WrapForValidIterator', Iterator.from({} as Iterator<never>)],
]

/** What no property of a global leads to. */
export const unnamed: readonly (readonly [name: string, object: object])[] = [
  ['TypedArray', own.getPrototypeOf(Uint8Array) as object],
  ...instances.map(([name, it]) => [`${name}.prototype`, own.getPrototypeOf(it) as object] as const),
]

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
