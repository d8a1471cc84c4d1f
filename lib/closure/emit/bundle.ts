import { encodeFrame, frameOf, partsOf } from '../../protocol/frame.ts'
import type { Callable } from '../../value/captured.ts'
import { sha256 } from '../../value/sha256.ts'
import { PACKAGES_ROOT, type WireAsset } from '../bundle-format.ts'
import { CaptureError } from '../capture-error.ts'
import { explainRefusal } from '../explain-refusal.ts'
import { encodeGraph } from '../graph/encode-graph.ts'
import { Graph } from '../graph/graph.ts'
import { needsPackageSymbols } from '../graph/package-symbols.ts'
import { packagesWeak } from '../graph/packages-weak.ts'
import { refuseWeakState, withWeakState } from '../graph/weak-state.ts'
import { type Asset, assetBundle, pathInProject } from '../packages/asset.ts'
import { bundlePackages } from '../packages/bundle-packages.ts'
import { awaitRefusal } from '../packages/bundle-refusal.ts'
import type { ModuleBundle, PackageFile } from '../packages/module-bundle.ts'
import { assetOf } from '../packages/package-files.ts'
import { insidePathOf } from '../packages/package-index.ts'
import { isInstalled } from '../packages/resolve-module.ts'
import { asOneCapture, releaseRemotes } from '../source/end-of-capture.ts'
import { emit } from './emit.ts'
import { checkFollowedParameters } from './followed-parameters.ts'
import { checkLoadedOnce } from './loaded-twice.ts'
import { isToBeLookedAt, type StateOptions, withoutUnsendable, withPackageState } from './package-state.ts'

export interface BundleOptions extends StateOptions {
  /** The job has an environment: packages with native code come from there. */
  readonly environment?: boolean | undefined
}

/** A value and every function in it as bytes, with what is needed to do it again. */
export interface Bundled {
  readonly bundle: Uint8Array
  readonly hash: string
  readonly code: string
  readonly modules: readonly ModuleBundle[]
  readonly graph: Graph
}

/** Which section of the frame holds the data. */
const DATA = 1

/** @param name what a refusal's path starts with */
export function bundleOf(value: unknown, name: string, options?: BundleOptions): Bundled {
  const { bundled, error } = tryBundle(value, name, options)
  if (bundled === undefined) throw error
  return bundled
}

/** What came of it, and the graph that it was tried with last. */
export interface Outcome {
  readonly graph: Graph
  readonly bundled?: Bundled
  readonly error?: unknown
}

/**
 * What packages keep to themselves goes by value first. Where that can't travel, or would be there twice, it is taken from the
 * bundled package, as what they export is. What only evaluated text may name goes untried first, and so
 * do exports of compiled files that no function names. What packages came to
 * hold since they were loaded is put on them.
 */
export function tryBundle(value: unknown, name: string, options: BundleOptions = {}): Outcome {
  return asOneCapture(() => tryAll(value, name, options))
}

function tryAll(value: unknown, name: string, options: BundleOptions): Outcome {
  for (let tried = options; ; ) {
    const graph = new Graph(value, tried)
    try {
      const bundled = bundleGraph(graph, name, tried)
      const more = withState(graph, bundled, name, tried)
      if (more === undefined) return { graph, bundled }
      tried = more
    } catch (error) {
      const again = otherwise(graph, tried, error)
      if (again === undefined) return { graph, error }
      tried = again
    }
  }
}

/** With what packages hold that they do not hold where they were just loaded; undefined where nothing is missing. */
function withState(graph: Graph, { modules }: Bundled, name: string, tried: BundleOptions): BundleOptions | undefined {
  if (tried.environment === true) return undefined
  return withPackageState(graph, modules, name, tried) ?? withWeakState(graph, tried)
}

/** How else it may be tried; undefined where it may not. */
function otherwise(graph: Graph, tried: BundleOptions, error: unknown): BundleOptions | undefined {
  if (error instanceof NeedsInsides) return { ...tried, insides: true }
  if (error instanceof NeedsWeak) return { ...tried, weakOnes: new Set([...(tried.weakOnes ?? []), error.weak]) }
  if (!(error instanceof CaptureError)) return undefined
  if (graph.trials.hasAssumed) return { ...tried, trials: new Map() }
  const less = withoutUnsendable(graph, tried)
  if (less !== undefined) return less
  if (tried.insides !== true && (holdsPackaged(graph) || bringsInsides(tried))) return { ...tried, insides: true }
  const mayOmit = tried.omits !== true && graph.environments.compiled.met
  return mayOmit ? { ...tried, omits: true, trials: new Map() } : undefined
}

function holdsPackaged({ functions }: Graph): boolean {
  return functions.some(({ code }) => isInstalled(code.script.url))
}

/** Whether it is to bring what packages keep to themselves. */
function bringsInsides({ along = [] }: BundleOptions): boolean {
  return along.some(thing => typeof thing === 'object' && thing !== null && insidePathOf(thing) !== undefined)
}

/** Instances have state under symbols of their packages. */
class NeedsInsides extends Error {}

/** A WeakMap or WeakSet of a package was met. */
class NeedsWeak extends Error {
  readonly weak: object

  constructor(weak: object) {
    super()
    this.weak = weak
  }
}

/** The same of a graph that nothing was done with: who keeps it can tell what a refused value would have needed. */
export function bundleGraph(graph: Graph, name: string, options?: BundleOptions): Bundled {
  try {
    const data = encodeGraph(graph)
    if (needsPackageSymbols(graph)) throw new NeedsInsides()
    refuseWeakState(graph, options?.environment !== true)
    checkFollowedParameters(graph)
    const { text, inPackages, code, bundle: header } = emit(graph)
    const packages = packagesOf(graph, inPackages, name, options)
    const assets = graph.environments.places.inOrder()
    const beside = packages.flatMap(bundle => bundle.beside ?? [])
    const files = [...assets, ...beside.map(assetOf)].map(assetBundle)
    const modules = [...packages, ...distinct(files)]
    const awaits = options?.carry === true ? modules.find(module => module.awaits !== undefined)?.awaits : undefined
    if (awaits !== undefined) throw awaitRefusal(awaits, name)
    checkLoadedOnce(graph, modules, name)
    const needed = {
      modules: packages.map(({ hash }) => hash),
      ...(files.length > 0 && { assets: wireAssets(assets, beside, files) }),
    }
    const codeBytes = encodeFrame({ ...code, ...needed }, [new TextEncoder().encode(text)])
    const carried = options?.carry === true ? modules : []
    const codeHash = sha256(codeBytes)
    const whole = { ...header, code: codeHash, carried: carried.map(({ hash }) => hash) }
    const bundle = encodeFrame(whole, [codeBytes, data, ...carried.map(({ bytes }) => bytes)])
    return { bundle, hash: sha256(bundle), code: codeHash, modules, graph }
  } catch (error) {
    const weak = packagesWeak(error, graph)
    throw weak === undefined ? explainRefusal(error, graph, name) : new NeedsWeak(weak)
  } finally {
    releaseRemotes()
  }
}

/** The user's, and those of packages. */
function wireAssets(
  assets: readonly Asset[],
  beside: readonly PackageFile[],
  files: readonly ModuleBundle[],
): readonly WireAsset[] {
  const places = [
    ...assets.map(asset => ({ root: asset.root, path: pathInProject(asset) })),
    ...beside.map(({ name }) => ({ root: PACKAGES_ROOT, path: name })),
  ]
  return places.map((place, at) => ({ ...place, hash: (files[at] as ModuleBundle).hash }))
}

/** Files may hold the same. */
function distinct(files: readonly ModuleBundle[]): ModuleBundle[] {
  return [...new Map(files.map(file => [file.hash, file])).values()]
}

function packagesOf(
  graph: Graph,
  bodies: ReadonlyMap<Callable, string>,
  name: string,
  options: BundleOptions = {},
): readonly ModuleBundle[] {
  const { packages } = graph.references
  if (packages.length === 0) return []
  const { environment = false, looks = false } = options
  const order = { environment, looks: looks || isToBeLookedAt(graph), edits: graph.opened.edits(bodies) }
  return [bundlePackages(packages, name, order)]
}

/** The same with other data. */
export function withData(bundled: Bundled, data: Uint8Array): Bundled {
  const { json, sections } = partsOf(bundled.bundle)
  const bundle = frameOf(json, sections.with(DATA, data))
  return { ...bundled, bundle, hash: sha256(bundle) }
}

export function dataOf({ bundle }: Bundled): Uint8Array {
  return partsOf(bundle).sections[DATA] as Uint8Array
}
