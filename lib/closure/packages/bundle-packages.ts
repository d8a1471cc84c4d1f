import { createHash } from 'node:crypto'
import { buildPackages, esbuildVersion, settings } from './build-packages.ts'
import { cacheKey, readCached, writeCached } from './bundle-cache.ts'
import { bundleRefusal, refusalOfFiles, refusalOfPlaces } from './bundle-refusal.ts'
import { entryText, type PackageUse } from './entry-text.ts'
import type { ModuleBundle } from './module-bundle.ts'
import { isInstalled } from './resolve-module.ts'

const bundles = new Map<string, ModuleBundle>()

/**
 * One script with all packages that a function uses: a package that two of them need is there once. Its exports are the
 * namespaces `m0`, `m1`, … A running process has its packages loaded, so what was bundled stays valid.
 * @throws {CaptureError} for what can't be bundled
 */
export function bundlePackages(uses: readonly PackageUse[], name: string): ModuleBundle {
  const text = entryText(uses)
  const known = bundles.get(text)
  if (known !== undefined) return known
  const key = cacheKey(esbuildVersion(), settings, text)
  const { bytes, files, sizes } = readCached(key) ?? build(text, key, name)
  const hash = createHash('sha256').update(bytes).digest('hex')
  const bundle: ModuleBundle = {
    hash,
    bytes,
    packages: new Map(sizes),
    ownFiles: files.filter(file => !isInstalled(file)),
  }
  bundles.set(text, bundle)
  return bundle
}

function build(text: string, key: string, name: string): ReturnType<typeof buildPackages> {
  let built: ReturnType<typeof buildPackages>
  try {
    built = buildPackages(text)
  } catch (error) {
    throw bundleRefusal(error, name)
  }
  const ownFiles = built.files.filter(file => !isInstalled(file))
  const refusal = refusalOfFiles(built.files, name) ?? refusalOfPlaces(ownFiles, name)
  if (refusal !== undefined) throw refusal
  writeCached(key, built)
  return built
}
