import { fileURLToPath } from 'node:url'
import { asUrl } from './as-url.ts'

/** As much of Vitest's state as tells of a module's source map. */
interface Vitest {
  readonly evaluatedModules?: {
    getModuleById?(id: string): { readonly meta?: { readonly sourceMap?: unknown } } | undefined
  }
}

/**
 * A module's source map, as JSON. Vitest 5 evaluates texts without it, and keeps it with what it knows of its modules.
 * Undefined outside of Vitest, and for scripts that are no module of it.
 */
export function mapInVitest(url: string): string | undefined {
  const { __vitest_worker__: vitest } = globalThis as { readonly __vitest_worker__?: Vitest }
  const modules = vitest?.evaluatedModules
  const script = asUrl(url)
  if (typeof modules?.getModuleById !== 'function' || !script.startsWith('file:')) return undefined
  try {
    const map = modules.getModuleById(fileURLToPath(script))?.meta?.sourceMap
    return typeof map === 'string' ? map : undefined
  } catch {
    // Another version may keep them in another way: positions are the script's own then.
    return undefined
  }
}
