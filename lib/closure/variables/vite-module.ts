import { types } from 'node:util'
import type { Binding } from '../names/scope.ts'
import { internalsOf, type LiveScope, levelOf } from '../source/inspector.ts'

/**
 * Below Vite, as in Vitest, an import declaration is a variable that holds a whole module: of an installed package or of Node
 * its namespace behind a proxy; of a file of the user's an object with a getter for each export; of a module that a
 * test mocks what the test put in its place, behind a proxy or with mocked functions.
 */

/** What a variable of Vite's holds, without the proxy around it; undefined for all other variables. */
export function viteModule(binding: Binding | undefined, value: unknown): object | undefined {
  if (binding?.origin?.by !== 'import' || binding.kind !== 'const' || binding.origin.path.length > 0) return undefined
  if (typeof value !== 'object' || value === null) return undefined
  if (!types.isProxy(value)) return value
  const [target] = internalsOf(value, ['[[Target]]'])
  return typeof target === 'object' && target !== null && !types.isProxy(target) ? target : undefined
}

/** Whether a test put something else in the place of the module that a variable was imported from. */
export function isMocked(binding: Binding, scopes: readonly LiveScope[]): boolean {
  const value = scopes[levelOf(scopes, binding.name)]?.object[binding.name]
  const module = viteModule(binding, value)
  if (module === undefined || types.isModuleNamespaceObject(module)) return false
  return types.isProxy(value) || Object.values(Object.getOwnPropertyDescriptors(module)).some(holdsMock)
}

function holdsMock({ value }: PropertyDescriptor): boolean {
  return typeof value === 'function' && !types.isProxy(value) && Object.hasOwn(value, '_isMockFunction')
}

/** Takes members of a module along as they are, with Vite's getters: what they give may be assigned later. */
export function takeMembers(from: object, into: object, names: Iterable<string>): number {
  let taken = 0
  for (const name of names) {
    const slot = Object.getOwnPropertyDescriptor(from, name)
    if (slot === undefined || Object.hasOwn(into, name)) continue
    Object.defineProperty(into, name, slot)
    taken++
  }
  return taken
}
