import { types } from 'node:util'
import { CaptureError } from '../capture-error.ts'

/** Traps that V8 calls of a proxy that something inherits from, when it is asked what it shows of the heir. */
const asked = ['ownKeys', 'getOwnPropertyDescriptor', 'getPrototypeOf'] as const

/**
 * To look at what inherits from a proxy would run these traps of it, so that is refused.
 * @param handlerOf what V8 shows of a proxy itself, which runs none
 */
export function refuseInheritedTraps(object: object, handlerOf: (proxy: object) => unknown): void {
  if (types.isProxy(object)) return
  const above = proxyAbove(object)
  if (above === undefined || !hasTraps(handlerOf(above))) return
  throw new CaptureError('it inherits from a Proxy, whose traps would run if it were looked at', {
    path: [],
    hint: 'Let it inherit from the target.',
  })
}

/** The nearest Proxy that an object inherits from, if any. */
export function proxyAbove(object: object): object | undefined {
  let above: object | null = object
  while (above !== null && !types.isProxy(above)) above = Object.getPrototypeOf(above) as object | null
  return above ?? undefined
}

function hasTraps(handler: unknown): boolean {
  let at = handler
  while (typeof at === 'object' && at !== null) {
    if (types.isProxy(at)) return true
    for (const trap of asked) if (Object.hasOwn(at, trap)) return true
    at = Object.getPrototypeOf(at)
  }
  return false
}
