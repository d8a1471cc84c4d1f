import { types } from 'node:util'

/** What an object holds where properties don't show it, by name. */
export type Inside = (object: object) => readonly Part[]

/**
 * Where two graphs are not one and the same shape, as a path; undefined where they are. What is one object in one must be
 * one in the other: so aliases, cycles and unique symbols are compared too. Runs no accessor.
 */
export function difference(one: unknown, other: unknown, inside: readonly [Inside, Inside]): string | undefined {
  const there = new Map<unknown, unknown>()
  const here = new Map<unknown, unknown>()
  const open: [path: string, one: unknown, other: unknown][] = [['it', one, other]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [path, a, b] = next
    if (!hasIdentity(a) || !hasIdentity(b)) {
      if (!Object.is(a, b)) return `${path}: ${String(a)} is ${typeof b}`
      continue
    }
    if (there.has(a) || here.has(b)) {
      if (there.get(a) !== b || here.get(b) !== a) return `${path} is another than before`
      continue
    }
    there.set(a, b)
    here.set(b, a)
    if (a === b && isOneEverywhere(a)) continue
    if (a === b) return `${path} is the same object, and should be a copy`
    if (typeof a === 'symbol' || typeof b === 'symbol') {
      if (String(a as symbol) !== String(b as symbol)) return `${path}: another symbol`
      continue
    }
    const kinds = [a, b].map(kindOf)
    if (kinds[0] !== kinds[1]) return `${path}: ${kinds.join(' is ')}`
    const parts = [partsOf(a, inside[0]), partsOf(b, inside[1])] as const
    if (parts[0].length !== parts[1].length)
      return `${path} has ${parts.map(({ length }) => length).join(' or ')} parts`
    for (const [index, [name, part]] of parts[0].entries()) {
      const [otherName, otherPart] = parts[1][index] as Part
      if (name !== otherName && !(typeof name === 'symbol' && typeof otherName === 'symbol'))
        return `${path}: ${String(name)} is ${String(otherName)}`
      if (typeof name === 'symbol') open.push([`${path}[symbol]`, name, otherName])
      open.push([`${path}.${String(name)}`, part, otherPart])
    }
  }
  return undefined
}

export type Part = readonly [name: PropertyKey, value: unknown]

function hasIdentity(value: unknown): value is object | symbol {
  if (typeof value === 'symbol')
    return Symbol.keyFor(value) === undefined && value.description?.startsWith('Symbol.') !== true
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/** What the language brings; functions, which are their sender's own again, with the prototypes of classes; symbols. */
function isOneEverywhere(value: object | symbol): boolean {
  if (typeof value !== 'object' || intrinsic.has(value)) return true
  const made: unknown = Object.getOwnPropertyDescriptor(value, 'constructor')?.value
  return typeof made === 'function' && made.prototype === value
}

const intrinsic: ReadonlySet<object> = new Set(
  [Object, Array, Map, Set, Function].map(({ prototype }) => prototype as object),
)

function kindOf(object: object): string {
  const tagged = types.isMap(object) ? 'Map' : types.isSet(object) ? 'Set' : Array.isArray(object) ? 'Array' : ''
  const closed = [Object.isExtensible(object), Object.isSealed(object), Object.isFrozen(object)].join()
  return `${typeof object} ${tagged} ${closed}`
}

function partsOf(object: object, inside: Inside): readonly Part[] {
  const parts: Part[] = []
  const above: unknown = Object.getPrototypeOf(object)
  parts.push(['prototype', above])
  for (const key of Reflect.ownKeys(object)) {
    const slot = Object.getOwnPropertyDescriptor(object, key) as PropertyDescriptor
    for (const [name, part] of Object.entries(slot))
      parts.push([typeof key === 'symbol' ? key : `${key} ${name}`, part])
  }
  if (types.isMap(object))
    for (const entry of Map.prototype.entries.call(object)) parts.push(['key', entry[0]], ['entry', entry[1]])
  if (types.isSet(object)) for (const item of Set.prototype.values.call(object)) parts.push(['item', item])
  parts.push(...inside(object))
  return parts
}
