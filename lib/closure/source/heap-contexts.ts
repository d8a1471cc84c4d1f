import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Callable } from '../../value/captured.ts'
import { Heap } from './heap-snapshot.ts'
import { remoteIdOf } from './inspector.ts'
import { FEW_LOOKS, heapIdOf, LiveObjects } from './live-objects.ts'
import { withinCapture } from './within-capture.ts'

/**
 * Who holds which variables, from a snapshot of the heap: exact, and nothing of the user's runs. It takes 0.1 s in a
 * small process and seconds in a large one, so it is asked only where nothing else can tell.
 */

/** Bytes of live heap beyond which no snapshot is taken: it would take longer than a call may. */
export const MAX_SNAPSHOT_HEAP_BYTES = 128 * 1024 ** 2

let current: { readonly heap: Heap; readonly objects: LiveObjects; readonly capture: number } | undefined

/**
 * What V8 holds the variable of a name in that each function sees, as numbers that are one where they are one. Undefined
 * where that can't be told.
 */
export function contextsOf(functions: readonly Callable[], name: string): readonly number[] | undefined {
  return ask(heap => {
    const contexts = functions.map(fn => heap.contextWith(idOf(fn), name))
    return contexts.every(context => context !== undefined) ? contexts : undefined
  })
}

/** What a variable holds that no scope lists, as `this`. Undefined where that can't be told. */
export function hiddenVariable(fn: Callable, name: string): { readonly value: unknown } | undefined {
  const held = ask(heap => heap.heldBy(idOf(fn), name))
  if (held === undefined || held === 'undefined') return held && { value: undefined }
  const value = objectOf(held)
  return value === undefined ? undefined : { value }
}

/** The same where a snapshot was taken in this capture already: sooner told than by any other way. */
export function hiddenVariableAtHand(fn: Callable, name: string): { readonly value: unknown } | undefined {
  return current?.capture === withinCapture.number ? hiddenVariable(fn, name) : undefined
}

/** The capture in which the heap was found too large. */
let tooLargeFor: number | undefined

const homes = new WeakMap<Callable, object>()

/**
 * The object in whose literal a method with `super` was written: that whose prototype `super` means. V8 keeps it in a
 * variable without a name around the method. Undefined where that can't be told.
 */
export function homeOf(fn: Callable): object | undefined {
  const known = homes.get(fn)
  if (known !== undefined) return known
  const held = ask(heap =>
    heap
      .contextsAround(idOf(fn))
      ?.slice(0, 1)
      .flatMap(context => heap.nameless(context)),
  )
  const home = held?.length === 1 ? objectOf(held[0] as number) : undefined
  if (typeof home !== 'object' || home === null) return undefined
  homes.set(fn, home)
  return home
}

/**
 * Objects in whose literals functions around `fn` were written that have a `super`, innermost first. Empty where that
 * can't be told.
 */
export function homesAround(fn: Callable): readonly object[] {
  const ids = ask(heap => heap.contextsAround(idOf(fn))?.flatMap(context => heap.nameless(context)))
  return (ids ?? []).map(objectOf).filter((it): it is object => typeof it === 'object' && it !== null)
}

/** The first that was made where `fn` was, or where that place was made, and is the one that is looked for. */
export function madeAround(fn: Callable, isIt: (other: Callable) => boolean): Callable | undefined {
  return ask(heap => {
    for (const context of heap.contextsAround(idOf(fn)) ?? []) {
      const found = heap.madeIn(context).map(objectOf)
      const made = found.find(it => typeof it === 'function' && isIt(it as Callable))
      if (made !== undefined) return made as Callable
    }
    return undefined
  })
}

function ask<T>(question: (heap: Heap) => T | undefined): T | undefined {
  const before = current && question(current.heap)
  // What a snapshot of the same capture does not tell none does: nothing is made while it lasts.
  if (before !== undefined || current?.capture === withinCapture.number) return before
  // To collect takes long in a large heap, and a capture may ask for thousands of functions.
  if (tooLargeFor === withinCapture.number) return undefined
  if (isTooLarge()) {
    tooLargeFor = withinCapture.number
    return undefined
  }
  return question(look(new LiveObjects()).heap)
}

function look(objects: LiveObjects): NonNullable<typeof current> {
  if (current === undefined) {
    queueMicrotask(() => {
      current = undefined
    })
  }
  const heap = new Heap()
  objects.number(heap)
  current = { heap, objects, capture: withinCapture.number }
  return current
}

/** Judged by what is alive: by what was let go, as earlier snapshots, it would be a matter of chance. */
function isTooLarge(): boolean {
  const isAbove = (): boolean => process.memoryUsage().heapUsed > MAX_SNAPSHOT_HEAP_BYTES
  if (!isAbove()) return false
  collect ??= collector()
  collect()
  return isAbove()
}

let collect: (() => void) | undefined

/** V8's own collector, which is a name of new contexts for as long as the flag is set. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  try {
    return runInNewContext('gc') as () => void
  } finally {
    setFlagsFromString('--no-expose-gc')
  }
}

function idOf(fn: Callable): number {
  return heapIdOf(remoteIdOf(fn))
}

/** Undefined for what is no object. */
function objectOf(id: number): unknown {
  if (current === undefined) return undefined
  // One by one each would take a walk through the heap.
  if (current.objects.looks >= FEW_LOOKS && !current.objects.hasAll) look(LiveObjects.all())
  return current.objects.find(id)
}
