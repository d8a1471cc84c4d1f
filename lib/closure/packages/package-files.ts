import { readFileSync, statSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import { PACKAGE_FOLDER, PACKAGES_ROOT } from '../bundle-format.ts'
import { type Asset, assetBundle, refusalOfSizes } from './asset.ts'
import { asScript } from './esbuild.ts'
import type { PackageFile } from './module-bundle.ts'
import { asksForPlace, ownPlaces } from './own-places.ts'
import { isInstalled } from './resolve-module.ts'

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
    for (const path of wantedBy(file) ?? []) {
      const name = nameBeside(file, path)
      if (name.startsWith('..') || found.get(name) === path) continue
      const other = found.get(name)
      if (other !== undefined && !readFileSync(other).equals(readFileSync(path))) unclear.add(name)
      found.set(name, path)
    }
  }
  for (const name of unclear) found.delete(name)
  const files = [...found].map(([name, path]) => ({ name, path })).sort((a, b) => (a.name < b.name ? -1 : 1))
  return refusalOfSizes(files.map(assetOf)) === undefined ? files : []
}

/** Undefined for a file of the user's that asks for more. */
function wantedBy(file: string): readonly string[] | undefined {
  const text = script.test(file) ? readFileSync(file, 'utf8') : ''
  if (!asksForPlace.test(text)) return []
  return isInstalled(file) ? writtenIn(text, file) : ownPlaces(file, asScript(text, file))
}

/** What a text may mean by the names in it. */
function writtenIn(text: string, file: string): readonly string[] {
  const paths = Array.from(text.matchAll(names), ([, , written = '']) => join(dirname(file), written))
  return paths.filter(path => !script.test(path) && isFile(path))
}

/** Where a file lies in the folder that is that of all scripts of a bundle. */
function nameBeside(file: string, path: string): string {
  return posix.join(PACKAGE_FOLDER, relative(dirname(file), path))
}

/** The first of the user's files in a bundle that asks for more of its place than for files that come along. */
export function askingForMore(files: readonly string[], beside: readonly PackageFile[]): string | undefined {
  const isThere = (path: string, file: string): boolean => beside.some(({ name }) => name === nameBeside(file, path))
  return files.find(file => !isInstalled(file) && wantedBy(file)?.every(path => isThere(path, file)) !== true)
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
