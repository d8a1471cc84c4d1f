import { pathToFileURL } from 'node:url'
import { scriptIdOf } from '../source/debugged-scripts.ts'
import { packageOfFile } from './bundle-refusal.ts'
import type { PackageEntry, PackageUse } from './entry-text.ts'
import { isInstalled, resolveModule } from './resolve-module.ts'

/** Files of packages that are used and that no file of the user's asked for, and the main files of these packages. */
export interface Inner {
  readonly files: readonly string[]
  readonly roots: readonly string[]
}

/**
 * Where files of a package import one another in a circle, they have to be loaded from where the program enters it: so its main file
 * comes before them, if it is loaded here.
 */
export function innerFiles(uses: readonly PackageUse[]): Inner {
  const files: string[] = []
  const roots = new Set<string>()
  for (const { entry } of uses) {
    const root = isInner(entry) ? rootOf(entry) : undefined
    if (root === undefined || root === entry.file || !isLoaded(root)) continue
    files.push(entry.file)
    roots.add(root)
  }
  return { files, roots: [...roots] }
}

/** The user's files name a package, and a path in it; its own files name their neighbours. */
function isInner({ file, by, specifier }: PackageEntry): boolean {
  if (by === 'import()' || by === 'require()' || !isInstalled(file)) return false
  return by.startsWith('inside') || /^[.#]/.test(specifier) || specifier === packageOfFile(file)
}

function rootOf({ file, by }: PackageEntry): string | undefined {
  const root = resolveModule(packageOfFile(file), file, by === 'import' || by === 'inside' ? 'import' : 'require')
  return root !== undefined && isInstalled(root) ? root : undefined
}

const loaded = new Set<string>()

function isLoaded(file: string): boolean {
  if (loaded.has(file)) return true
  const isFound = [pathToFileURL(file).href, file].some(url => scriptIdOf(url) !== undefined)
  // What is not may be later.
  if (isFound) loaded.add(file)
  return isFound
}
