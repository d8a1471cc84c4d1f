import { readFileSync, statSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { PACKAGE_FOLDER, PACKAGES_ROOT } from '../bundle-format.ts'
import { type Asset, assetBundle, refusalOfSizes } from './asset.ts'
import type { PackageFile } from './module-bundle.ts'
import { isInstalled } from './resolve-module.ts'

const asksForPlace = /\b__(?:dirname|filename)\b|\bimport\s*\.\s*meta\b/
const names = /(["'`])((?:\.{0,2}\/)*(?:[\w@+.-]+\/)*[\w@+.-]+\.\w+)\1/g
/** Scripts are bundled, or would look for more. */
const script = /\.(?:[cm]?[jt]sx?|map|node)$/

/**
 * What packages read when they run is not for a bundler to see; but most write the name of the file out, and ask for their own place.
 * Two packages may have other files of one name: then none of these comes, as where they are too many or too large.
 * @param scripts all that are in a bundle, absolute
 */
export function packageFiles(scripts: readonly string[]): readonly PackageFile[] {
  const found = new Map<string, string>()
  const unclear = new Set<string>()
  for (const file of scripts) {
    const text = isInstalled(file) && script.test(file) ? readFileSync(file, 'utf8') : ''
    if (!asksForPlace.test(text)) continue
    for (const [, , written = ''] of text.matchAll(names)) {
      const name = posix.join(PACKAGE_FOLDER, written)
      const path = join(dirname(file), written)
      if (script.test(name) || name.startsWith('..') || found.get(name) === path || !isFile(path)) continue
      const other = found.get(name)
      if (other !== undefined && !readFileSync(other).equals(readFileSync(path))) unclear.add(name)
      found.set(name, path)
    }
  }
  for (const name of unclear) found.delete(name)
  const files = [...found].map(([name, path]) => ({ name, path })).sort((a, b) => (a.name < b.name ? -1 : 1))
  return refusalOfSizes(files.map(assetOf)) === undefined ? files : []
}

/** As the worker is sent it. */
export function assetOf({ path }: PackageFile): Asset {
  const { size, mtimeMs } = statSync(path)
  return { path, root: PACKAGES_ROOT, size, modified: mtimeMs }
}

/** Says in a bundle with which files it goes: with others it is another one. */
export function noteOf(files: readonly PackageFile[]): string {
  const lines = files.map(file => `// ${file.name} ${assetBundle(assetOf(file)).hash}\n`)
  return lines.length === 0 ? '' : `\n${lines.join('')}`
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}
