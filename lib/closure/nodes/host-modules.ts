/**
 * Modules that the worker has an instance of its own of: PiCloud itself. What they export travels by reference and
 * means the worker's own there.
 */
const namespaces = new Map<string, object>()
const urls = new Map<string, string>()
let index: WeakMap<object, readonly string[]> | undefined

/**
 * Says that `namespace`, its exports and their members are to be recognised by identity.
 * @param name under which the worker's host finds its own instance
 * @param url of the module's file, for those who import it by path
 */
export function registerHostModule(name: string, namespace: object, url?: string): void {
  namespaces.set(name, namespace)
  if (url !== undefined) urls.set(url, name)
  index = undefined
}

/** The name of the host module that an import means: what it gives there may be something else here, or nothing. */
export function hostImported(specifier: string, importer: string): string | undefined {
  if (namespaces.has(specifier)) return specifier
  if (!/^(?:\.|\/|file:)/.test(specifier) || !URL.canParse(specifier, importer)) return undefined
  return urls.get(new URL(specifier, importer).href)
}

/** The module's name and the path to the value in it; undefined for values of no host module. */
export function hostPathOf(value: object): readonly string[] | undefined {
  if (namespaces.size === 0) return undefined
  index ??= build()
  return index.get(value)
}

// Two levels below a module: `cloud`, then `cloud.call`; `cloud.mp`, then `cloud.mp.call`.
const DEPTH = 3

function build(): WeakMap<object, readonly string[]> {
  const found = new WeakMap<object, readonly string[]>()
  let level: (readonly [object, readonly string[]])[] = [...namespaces].map(([name, it]) => [it, [name]] as const)
  for (let depth = 0; depth <= DEPTH; depth++) {
    const next: (readonly [object, readonly string[]])[] = []
    for (const [object, path] of level) {
      if (found.has(object)) continue
      found.set(object, path)
      for (const key of Object.getOwnPropertyNames(object)) {
        // Read through no getter: what hides behind one registers itself once it is there.
        const value: unknown = Object.getOwnPropertyDescriptor(object, key)?.value
        if (isObject(value) && key !== 'constructor') next.push([value, [...path, key]])
      }
    }
    level = next
  }
  return found
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
