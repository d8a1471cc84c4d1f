import * as own from './captured.ts'
import type { EncodeOptions, Hidden } from './encoding.ts'
import type { Path, Step } from './path.ts'
import { slotOf } from './slot-of.ts'

/** What was met on the way through a value. */
export interface Place {
  readonly value: unknown
  readonly from: Place | undefined
  readonly step: Step | undefined
}

/** The shortest path from a value to a part of it. Looks with the encoder's eyes: through no getter, trap or iterator. */
export function findPath(root: unknown, culprit: unknown, options: EncodeOptions): Path {
  for (const place of placesIn(root, options)) if (place.value === culprit) return pathTo(place)
  return []
}

/**
 * All that a value holds, nearest first; what it holds twice is met twice.
 * @param seen what was looked into already: shared between values, so that their parts are met with the first of them
 */
export function* placesIn(root: unknown, options: EncodeOptions, seen = new Set<unknown>()): Generator<Place> {
  const queue: Place[] = [{ value: root, from: undefined, step: undefined }]
  for (let index = 0; index < queue.length; index++) {
    const place = queue[index] as Place
    const { value } = place
    yield place
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) continue
    seen.add(value)
    const visit = (part: unknown, step: Step): void => void queue.push({ value: part, from: place, step })
    const isDone = visitInside(value, options, visit)
    if (!isDone && typeof value === 'object') visitParts(value, options, visit)
  }
}

export function pathTo(place: Place): Path {
  const path: Step[] = []
  for (let at: Place | undefined = place; at?.step !== undefined; at = at.from) path.unshift(at.step)
  return path
}

type Visit = (part: unknown, step: Step) => void

/** What no property shows. True for what has nothing else to look at. */
function visitInside(value: object, { inside }: EncodeOptions, visit: Visit): boolean {
  const isProxy = own.isProxy(value)
  if (inside === undefined || !(isProxy || typeof value === 'function' || own.isPromise(value) || isSearch(value)))
    return isProxy
  try {
    for (const [part, held] of Object.entries(inside(value) ?? {})) {
      const name = part === 'self' ? '`this`' : part === 'value' ? 'outcome' : part
      if (part !== 'args') visit(held, { kind: 'inside', part: name })
      else for (const [at, arg] of (held as unknown[]).entries()) visit(arg, { kind: 'inside', part: `argument ${at}` })
    }
  } catch {
    // Why it can't be looked at is what the refusal says.
  }
  return isProxy
}

function isSearch(object: object): boolean {
  return !own.isProxy(object) && own.getPrototypeOf(object) === URLSearchParams.prototype
}

function visitParts(object: object, options: EncodeOptions, visit: Visit): void {
  const standIn = options.foreign?.(object)
  if (standIn !== undefined) return visit(standIn, { kind: 'stand-in' })
  let index = 0
  if (own.isMap(object)) {
    own.map.forEach(object, (value, key) => {
      visit(key, { kind: 'map-key', index })
      visit(value, { kind: 'map-value', index: index++, key })
    })
  } else if (own.isSet(object)) own.set.forEach(object, item => visit(item, { kind: 'set-item', index: index++ }))
  const hidden = hiddenOf(object, options)
  for (let at = 0; hidden !== undefined && at < hidden.parts.length; at += 2) {
    visit(hidden.parts[at + 1], { kind: 'hidden', name: String(hidden.parts[at]) })
  }
  if (own.isView(object)) return
  for (const key of own.ownKeys(object)) {
    const slot = slotOf(object, key)
    const isElement = typeof key === 'string' && own.isArray(object) && /^\d+$/.test(key)
    if (isElement) visit(slot.value, { kind: 'index', index: Number(key) })
    else if (own.hasOwn(slot, 'value')) visit(slot.value, { kind: 'property', key })
    if (slot.get !== undefined) visit(slot.get, { kind: 'getter', key })
    if (slot.set !== undefined) visit(slot.set, { kind: 'setter', key })
  }
  visit(own.getPrototypeOf(object), { kind: 'prototype' })
}

/** What can't travel itself is not what is looked for. */
function hiddenOf(object: object, options: EncodeOptions): Hidden | undefined {
  try {
    return options.hidden?.(object, own.getPrototypeOf(object) as object | null)
  } catch {
    return undefined
  }
}
