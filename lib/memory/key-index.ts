/** Values by path-like keys, which can be taken out folder by folder without looking at the others. */
export interface KeyIndex<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
  /** Removes the value of this key, or with a key that ends in `/` all below it, and returns what was there. */
  take(key: string): readonly Value[]
  clear(): void
}

export function createKeyIndex<Value>(): KeyIndex<Value> {
  const values = new Map<string, Value>()
  const folders = new Map<string, Set<string>>()

  function takeOne(key: string): readonly Value[] {
    const value = values.get(key)
    if (value === undefined) return []
    values.delete(key)
    for (const folder of foldersOf(key)) {
      const keys = folders.get(folder)
      keys?.delete(key)
      if (keys?.size === 0) folders.delete(folder)
    }
    return [value]
  }

  return {
    get: key => values.get(key),
    set(key, value) {
      if (!values.has(key)) {
        for (const folder of foldersOf(key)) {
          const keys = folders.get(folder)
          if (keys === undefined) folders.set(folder, new Set([key]))
          else keys.add(key)
        }
      }
      values.set(key, value)
    },
    take(key) {
      if (!key.endsWith('/')) return takeOne(key)
      return [...(folders.get(key) ?? [])].flatMap(takeOne)
    },
    clear() {
      values.clear()
      folders.clear()
    },
  }
}

function* foldersOf(key: string): Generator<string> {
  for (let at = key.indexOf('/'); at >= 0; at = key.indexOf('/', at + 1)) yield key.slice(0, at + 1)
}
