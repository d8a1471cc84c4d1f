import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Built } from './build-packages.ts'
import { nativeFileOf, nativeLoaders, packageOfFile } from './bundle-refusal.ts'

/** How packages name what they are built as: `@img/sharp-linux-x64`, `@esbuild/darwin-arm64`. */
const buildName = /(?:linux|darwin|win32|android|freebsd).*(?:x64|arm64|ia32)/

/**
 * Whether a package comes in a build for each platform: those are its optional dependencies, and it finds the one that is
 * installed when it runs, by paths that no bundler sees.
 * @param file of the package
 */
export function hasPlatformBuilds(file: string): boolean {
  const folder = folderOf(file)
  const manifest = folder === undefined ? undefined : manifestOf(folder)
  const optional = manifest?.['optionalDependencies']
  if (typeof optional !== 'object' || optional === null) return false
  return Object.keys(optional).some(name => buildName.test(name) && isNamedAfter(name, packageOfFile(file)))
}

/** Builds have the name of their package or its scope. Others are of a tool that it was made with. */
function isNamedAfter(build: string, owner: string): boolean {
  const [scope, name = owner] = owner.startsWith('@') ? owner.split('/') : []
  return build.includes(name) || (scope !== undefined && build.startsWith(`${scope}/`))
}

/** The package at whose native code esbuild stopped. */
export function nativePackageOf(error: unknown): string | undefined {
  const file = nativeFileOf(error)
  const owner = file === undefined ? undefined : packageOfFile(file)
  return owner === file ? undefined : owner
}

/** Packages within a bundle that would look for native code when they run. */
export function nativePackagesOf({ files, resolved }: Pick<Built, 'files' | 'resolved'>): ReadonlySet<string> {
  const loading = resolved.filter(([, , , file]) => nativeLoaders.includes(packageOfFile(file)))
  const found = [...loading.map(([importer]) => importer), ...files.filter(hasPlatformBuilds)].map(packageOfFile)
  return new Set(found.filter(owner => !owner.startsWith('/')))
}

const known = new Map<string, Readonly<Record<string, unknown>> | undefined>()

function manifestOf(folder: string): Readonly<Record<string, unknown>> | undefined {
  if (!known.has(folder)) known.set(folder, readManifest(folder))
  return known.get(folder)
}

function readManifest(folder: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  } catch {
    return undefined
  }
}

/** The folder of the package that a file belongs to. */
function folderOf(file: string): string | undefined {
  const name = packageOfFile(file)
  if (name === file) return undefined
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    if (folder.endsWith(`/node_modules/${name}`) && existsSync(join(folder, 'package.json'))) return folder
  }
  return undefined
}
