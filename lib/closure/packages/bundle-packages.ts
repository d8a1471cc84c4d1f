import { createHash } from 'node:crypto'
import { CaptureError } from '../capture-error.ts'
import { type Built, buildPackages, esbuildVersion, settings } from './build-packages.ts'
import type { Insides } from './build-with-insides.ts'
import { cacheKey, readCached, writeCached } from './bundle-cache.ts'
import { bundleRefusal, nativeRefusal, packageOfFile, refusalOfFiles, refusalOfPlaces } from './bundle-refusal.ts'
import { entryText, insideTexts, type PackageUse } from './entry-text.ts'
import type { FreshRoot } from './fresh-state.ts'
import { hasCircle } from './import-circle.ts'
import { type Inner, innerFiles } from './loaded-roots.ts'
import { earlierLook, noteLook } from './looked-at.ts'
import type { ModuleBundle } from './module-bundle.ts'
import { hasPlatformBuilds, nativePackageOf, nativePackagesOf } from './native-packages.ts'
import { askingForMore } from './package-files.ts'
import { isInstalled } from './resolve-module.ts'

const bundles = new Map<string, ModuleBundle>()

/** How packages are bundled. */
export interface PackageOrder {
  /** Whether packages with native code come from an environment of the job's; else they are refused. */
  readonly environment: boolean
  /** Whether they are loaded once in a process of their own, for `earlierLook` to tell what they hold then. */
  readonly looks: boolean
  /** What is to be changed in their files, by path. */
  readonly edits: Insides['edits']
}

/**
 * One script with all packages that a function uses: a package that two of them need is there once. Its exports are the
 * namespaces `m0`, `m1`, … A running process has its packages loaded, so what was bundled stays valid.
 * @throws {CaptureError} for what can't be bundled
 */
export function bundlePackages(
  uses: readonly PackageUse[],
  name: string,
  { environment, looks, edits }: PackageOrder,
): ModuleBundle {
  const toLook = looks && !environment && earlierLook(uses) === undefined
  const texts = insideTexts(uses)
  const inner = innerFiles(uses)
  const key = JSON.stringify([environment, entryText(uses, undefined, inner.roots), texts, edits])
  const known = bundles.get(key)
  if (known !== undefined && !toLook) return known
  const insides: Insides = { texts, edits, ...(toLook && { roots: uses.map(rootOf) }) }
  const built = environment ? buildAround(uses, inner, insides, name) : build(uses, inner, insides, name)
  if (built.fresh !== undefined) noteLook(uses, built.fresh)
  refuseUnopened(edits, built, name)
  const bundle = known ?? bundleOf(built)
  bundles.set(key, bundle)
  return bundle
}

/** @throws {CaptureError} where a file is not among those that were bundled: an environment has it, or it was loaded twice here */
function refuseUnopened(edits: PackageOrder['edits'], { files }: Built, name: string): void {
  const missing = Object.keys(edits).find(file => !files.includes(file))
  if (missing === undefined) return
  throw new CaptureError(`it holds private fields of a class in ${missing}, which comes from elsewhere in the job`, {
    path: [name],
    hint: 'Make it in the job.',
  })
}

function bundleOf({ bytes, awaits, files, sizes, beside }: Built): ModuleBundle {
  return {
    hash: createHash('sha256').update(bytes).digest('hex'),
    bytes,
    awaits,
    packages: new Map(sizes),
    ownFiles: files.filter(file => !isInstalled(file)),
    files,
    beside,
  }
}

function rootOf({ entry, members }: PackageUse, index: number): FreshRoot {
  // To ask what is loaded as it is used would load it.
  const none = entry.by === 'import()' || entry.by === 'require()'
  return [`m${index}`, none ? [] : members === undefined ? null : [...members].sort()]
}

/** Without the packages that have native code: which these are shows only as it is tried. */
function buildAround(uses: readonly PackageUse[], inner: Inner, insides: Insides, name: string): Built {
  const provided = new Set(
    uses
      .map(({ entry }) => entry.file)
      .filter(hasPlatformBuilds)
      .map(packageOfFile),
  )
  for (;;) {
    const before = provided.size
    let built: Built | undefined
    try {
      built = buildInOrder(uses, inner, insides, provided)
      const refusal = refusalOfPlaces(askingForMore(built.files, built.beside), name)
      if (refusal !== undefined) throw refusal
    } catch (error) {
      const native = error instanceof CaptureError ? undefined : nativePackageOf(error)
      if (native === undefined || provided.has(native)) throw bundleRefusal(error, name)
      provided.add(native)
      continue
    }
    for (const owner of nativePackagesOf(built)) provided.add(owner)
    if (provided.size === before) return built
  }
}

function build(uses: readonly PackageUse[], inner: Inner, insides: Insides, name: string): Built {
  const builds = uses.find(({ entry: { file } }) => hasPlatformBuilds(file))
  if (builds !== undefined) throw nativeRefusal(builds.entry.file, name)
  const key = cacheKey(esbuildVersion(), settings, entryText(uses), insides, ...inner.roots)
  const cached = readCached(key)
  if (cached !== undefined) return cached
  let built: Built
  try {
    built = buildInOrder(uses, inner, insides)
  } catch (error) {
    throw bundleRefusal(error, name)
  }
  const refusal = refusalOfFiles(built.files, name) ?? refusalOfPlaces(askingForMore(built.files, built.beside), name)
  if (refusal !== undefined) throw refusal
  writeCached(key, built)
  return built
}

/** In the order of the program, where it matters: what is loaded first by another way may find half of what it needs. */
function buildInOrder(
  uses: readonly PackageUse[],
  { files, roots }: Inner,
  insides: Insides,
  provided?: ReadonlySet<string>,
): Built {
  const first = roots.length > 0 && leadIntoCircle(files, provided) ? roots : []
  return buildPackages(entryText(uses, provided, first), provided, insides)
}

/** Files, and whether they lead into a circle. */
const circular = new Map<string, boolean>()

function leadIntoCircle(files: readonly string[], provided: ReadonlySet<string> | undefined): boolean {
  if (files.some(file => circular.get(file) === true)) return true
  const unknown = files.filter(file => !circular.has(file))
  if (unknown.length === 0) return false
  const { inputs } = buildPackages(unknown.map(file => `import ${JSON.stringify(file)}`).join('\n'), provided)
  for (const file of unknown) circular.set(file, hasCircle(inputs, file))
  return unknown.some(file => circular.get(file) === true)
}
