import { builtinModules, isBuiltin } from 'node:module'

/** Node's own modules travel by name, and their exports by module and path. */

let index: Map<object, readonly string[]> | undefined
let indexed = 0

/** `fs` of `node:fs` and of `fs`; undefined for what is no built-in module. */
export function builtInName(specifier: string): string | undefined {
  if (!isBuiltin(specifier)) return undefined
  return specifier.startsWith('node:') ? specifier : `node:${specifier}`
}

/** The module and the path to the value in it, for what a built-in module exports; looks at loaded modules only. */
export function builtInPathOf(value: object): readonly string[] | undefined {
  const loaded = loadedModules()
  if (index === undefined || loaded.length !== indexed) {
    index = build(loaded)
    indexed = loaded.length
  }
  return index.get(value)
}

function loadedModules(): readonly string[] {
  const loaded = new Set((process as unknown as { moduleLoadList: string[] }).moduleLoadList)
  return builtinModules.filter(name => loaded.has(`NativeModule ${name}`))
}

// `EventEmitter.prototype.on` stands three levels below its module.
const DEPTH = 3

function build(modules: readonly string[]): Map<object, readonly string[]> {
  const found = new Map<object, readonly string[]>()
  let level: (readonly [object, readonly string[]])[] = modules.map(name => {
    const path = [`node:${name}`]
    return [process.getBuiltinModule(name) as object, path] as const
  })
  for (let depth = 0; depth <= DEPTH; depth++) {
    const next: (readonly [object, readonly string[]])[] = []
    for (const [object, path] of level) {
      if (found.has(object)) continue
      found.set(object, path)
      for (const key of Object.getOwnPropertyNames(object)) {
        const value: unknown = Object.getOwnPropertyDescriptor(object, key)?.value
        if (travelsByName(value)) next.push([value, [...path, key]])
      }
    }
    level = next
  }
  return found
}

// The caller's own objects may hang below a module (an emitter's listeners): only what Node made is named.
function travelsByName(value: unknown): value is object {
  if (typeof value === 'function') return true
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return true
}
