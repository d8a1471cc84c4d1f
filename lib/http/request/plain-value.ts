/** Whether values are what they plainly should be. False also of what is right but rare. */

/** An object as a literal makes it, with none but these keys. */
export function isPlain(value: unknown, keys: ReadonlySet<string>): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return false
  for (const key of Object.keys(value)) if (!keys.has(key)) return false
  return true
}

export function isInt(value: unknown, least: number, most = Number.MAX_SAFE_INTEGER): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most
}

/** The first jid, and how many. */
export function isRange(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && isInt(value[0], 1) && isInt(value[1], 1)
}

const hash = /^[0-9a-f]{64}$/

export function isHash(value: unknown): value is string {
  return typeof value === 'string' && hash.test(value)
}

/** Undefined for no list, one that is too long, and one of which an item is refused. */
export function mapped<T>(value: unknown, most: number, take: (item: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value) || value.length > most) return undefined
  const all: T[] = []
  for (const item of value as readonly unknown[]) {
    const taken = take(item)
    if (taken === undefined) return undefined
    all.push(taken)
  }
  return all
}
