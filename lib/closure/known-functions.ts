import type { Callable } from '../value/captured.ts'

/** Functions that this process sent: what comes back under their names is they. */

/** Bundles that are remembered; the oldest are forgotten. Each weighs about 100 B and 50 B a function. */
const MAX_BUNDLES = 10_000

const bundles = new Map<string, readonly WeakRef<Callable>[]>()
const references = new WeakMap<Callable, WeakRef<Callable>>()

export function rememberFunctions(hash: string, functions: readonly Callable[]): void {
  if (bundles.has(hash)) return
  bundles.set(hash, functions.map(weak))
  if (bundles.size > MAX_BUNDLES) bundles.delete(bundles.keys().next().value as string)
}

/** The caller's own function; undefined when it was forgotten or is gone. */
export function rememberedFunction(hash: string, id: number): Callable | undefined {
  return bundles.get(hash)?.[id]?.deref()
}

// Making one costs more than finding it, and captures of one function are many.
function weak(fn: Callable): WeakRef<Callable> {
  const known = references.get(fn)
  if (known !== undefined) return known
  const made = new WeakRef(fn)
  references.set(fn, made)
  return made
}
