import * as own from './captured.ts'

/** Names of objects and functions that every realm has, as `Math.max` or `Map.prototype.size (get)`. */
let names: Map<object, string> | undefined
let values: Map<string, object> | undefined

/** How V8 prints every function that is not written in JavaScript. */
const native = /\{ \[native code\] \}$/

export function intrinsicName(object: object): string | undefined {
  if (typeof object === 'function' && !native.test(own.functionText(object)) && !isNodes(object)) return undefined
  return table().get(object)
}

export function intrinsicByName(name: string): object | undefined {
  table()
  return values?.get(name)
}

/** The built-in class below which an object stands, other than Object, by its prototype. */
export function intrinsicClassOf(prototype: object): string | undefined {
  for (let above: object | null = prototype; above !== null && !own.isProxy(above); above = own.getPrototypeOf(above)) {
    if (above === Object.prototype) return undefined
    const name = table().get(above)
    if (name?.endsWith('.prototype') === true) return name.slice(0, -'.prototype'.length)
  }
  return undefined
}

function isNodes(fn: Function): boolean {
  return table().has(fn)
}

function table(): Map<object, string> {
  if (names !== undefined) return names
  names = new Map()
  values = new Map()
  const queue: [string, object][] = [['globalThis', globalThis]]
  for (let index = 0; index < queue.length; index++) {
    const [name, object] = queue[index] as [string, object]
    if (names.has(object) || own.isProxy(object)) continue
    names.set(object, name)
    values.set(name, object)
    for (const key of own.ownKeys(object)) {
      const slot = own.getOwnPropertyDescriptor(object, key) as PropertyDescriptor
      const label = typeof key === 'symbol' ? `[${String(key)}]` : key
      const full = name === 'globalThis' ? label : `${name}.${label}`
      for (const [part, suffix] of [[slot.value, ''], [slot.get, ' (get)'], [slot.set, ' (set)']] as const) {
        if ((typeof part === 'object' && part !== null) || typeof part === 'function') queue.push([full + suffix, part as object])
      }
    }
  }
  return names
}
