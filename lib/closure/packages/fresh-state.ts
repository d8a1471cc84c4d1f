import { exportValueByCall } from './export-value.ts'

/** What packages hold below what is used of them, as it is right after they were loaded. */
export interface FreshState {
  /** The number of the object that stands at a path, by its JSON. */
  readonly roots: Readonly<Record<string, number>>
  /** Of each object, what its properties hold, by label: the number of an object, `PRIMITIVE` or `UNSEEN`. */
  readonly objects: readonly Readonly<Record<string, number>>[]
  /** The numbers of those that are functions. */
  readonly functions: readonly number[]
}

/** Stands for what is no object. */
export const PRIMITIVE = -1
/** Stands for an object that was not looked at. */
export const UNSEEN = -2

/** From the bundle's exports: a namespace, and what is used of it. Without members it is used as a whole. */
export type FreshRoot = readonly [namespace: string, members: readonly string[] | null]

/** Objects that are looked at: enough for the widest packages, and a bound for those that hold data. */
const MAX_OBJECTS = 20_000

/** Of a property, for a process in which symbols are others. */
export function labelOf(key: string | symbol): string {
  return typeof key === 'string' ? `.${key}` : String(key)
}

/** Looks at what a bundle exports. */
export function freshStateOf(exports: unknown, uses: readonly FreshRoot[]): FreshState {
  const objects: Record<string, number>[] = []
  const numbers = new Map<object, number>()
  const queue: object[] = []
  const numberOf = (value: unknown): number => {
    if (!isObject(value)) return PRIMITIVE
    const known = numbers.get(value)
    if (known !== undefined || numbers.size === MAX_OBJECTS) return known ?? UNSEEN
    numbers.set(value, queue.length)
    return queue.push(value) - 1
  }
  const roots: Record<string, number> = {}
  for (const [namespace, members] of uses) {
    const whole = read(exports as object, namespace)
    if (members === null) roots[JSON.stringify([namespace])] = numberOf(whole)
    for (const member of members ?? []) {
      roots[JSON.stringify([namespace, member])] = numberOf(isObject(whole) ? read(whole, member) : undefined)
    }
  }
  for (const object of queue) {
    const held: Record<string, number> = {}
    objects.push(held)
    // Long lists are data.
    if (Array.isArray(object) || ArrayBuffer.isView(object)) continue
    for (const key of Reflect.ownKeys(object)) held[labelOf(key)] = numberOf(exportValueByCall(object, key))
  }
  const functions = queue.flatMap((object, number) => (typeof object === 'function' ? [number] : []))
  return { roots, objects, functions }
}

function read(object: object, key: string | symbol): unknown {
  try {
    return (object as Record<string | symbol, unknown>)[key]
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
