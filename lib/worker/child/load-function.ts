import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { heldThing, isHeldName, withoutObjects } from '../../closure/parcel-held.ts'
import { openBundle } from '../../closure/revive/open-bundle.ts'
import { type DecodeParcelOptions, decodeParcel, type KnownFunctions } from '../../closure/revive/parcel.ts'
import type { ReferenceHost } from '../../closure/revive/references.ts'
import { type Prepared, prepare, type Revived } from '../../closure/revive/revive.ts'
import { CloudException } from '../../protocol/errors.ts'
import { plainOf, type ResultForm, valueOfPlain } from '../../protocol/plain-payload.ts'
import { sha256 } from '../../value/sha256.ts'
import { decodeSpec, sizeOfBundles } from '../frames/spec-frame.ts'
import { KEPT_SPEC_BYTES, KEPT_SPECS, type Spec } from '../frames/wire.ts'
import { wholeFile } from './whole-file.ts'

/** One job's function, revived for it alone, and how values are read beside it. */
export interface LoadedFunction {
  decode(payload: Uint8Array, foreign?: (data: unknown) => unknown): unknown
  /** Calls it, and lets go of what only arguments could name. */
  begin(args: readonly unknown[]): unknown
  /** Its functions and unique symbols, which the caller has as well: in a result they travel by name. */
  readonly known: readonly KnownFunctions[]
}

/** What jobs of one spec have in common. */
export interface LoadedSpec {
  readonly level: 0 | 1 | 2
  readonly profile: boolean
  /** Where the result is for callers that speak HTTP alone. */
  readonly resultForm: ResultForm | undefined
  /** To be awaited before `instantiate`, where packages await at their top level. Undefined once they are loaded. */
  readonly ready: Promise<unknown> | undefined
  /** Throws `revive` when the bundle can't be read here. */
  instantiate(): LoadedFunction
}

const require = createRequire(import.meta.url)

/** The functions that this process was told of. Code is compiled once; what it captured is made anew for each job. */
export class Specs {
  readonly #host: ReferenceHost
  readonly #environments: string | undefined
  /** Of this process, once a spec told: all of them name the same. */
  #environment: ReferenceHost['environment']
  readonly #modules = new Map<string, Uint8Array>()
  readonly #prepared = new Map<string, Prepared>()
  readonly #told = new Map<number, { readonly spec: Spec; readonly bundle: Uint8Array; readonly at: number }>()
  /** Of all specs that ever came. */
  #bytes = 0
  readonly #loaded = new Map<number, LoadedSpec>()

  /**
   * @param hostModules names and URLs of modules that the process has an instance of its own of
   * @param environments the folder of unpacked environments
   * @param folder for files that come along with functions
   */
  constructor(hostModules: Readonly<Record<string, string>>, environments?: string, folder?: string) {
    this.#environments = environments
    const environment = (): ReferenceHost['environment'] => this.#environment
    this.#host = {
      get environment() {
        return environment()
      },
      hostModule: name => {
        const url = hostModules[name]
        return url === undefined ? undefined : (require(fileURLToPath(url)) as object)
      },
      module: hash => this.#modules.get(hash),
      folder,
    }
  }

  /** @param isQueued whether a job still waits to run under a spec: then it stays, however old */
  define(body: Buffer, isQueued: (id: number) => boolean): void {
    const { id, spec, bundles } = decodeSpec(body)
    this.#place(spec)
    this.#bytes += sizeOfBundles(bundles)
    for (const sent of bundles) {
      const bytes = sent.file === undefined ? (sent.bytes as Uint8Array) : wholeFile(sent.file)
      if (sent.hash === spec.bundle) this.#told.set(id, { spec, bundle: bytes, at: this.#bytes })
      else this.#modules.set(sent.hash, bytes)
    }
    for (const [old, { at }] of this.#told) {
      if (id - old < KEPT_SPECS && this.#bytes - at < KEPT_SPEC_BYTES) break
      if (old === id || isQueued(old)) continue
      this.#told.delete(old)
      this.#loaded.delete(old)
    }
  }

  #place({ environment }: Spec): void {
    if (environment === undefined || this.#environments === undefined) return
    const { name, hash } = environment
    this.#environment ??= { name, require: createRequire(join(this.#environments, hash, 'package.json')) }
  }

  get(id: number): LoadedSpec {
    return this.#loaded.get(id) ?? this.#load(id)
  }

  #load(id: number): LoadedSpec {
    const told = this.#told.get(id)
    if (told === undefined) throw new CloudException(`The bundle of spec ${id} did not come.`, { code: 'revive' })
    const { spec, bundle } = told
    const opened = openBundle(bundle, sha256)
    const prepared = this.#prepare(opened.code, spec.code)
    const functionsOf = (revived: Revived): LoadedFunction => loadedFunction(revived, spec.bundle, this.#host)
    const loaded: LoadedSpec = {
      level: spec.level,
      profile: spec.profile,
      resultForm: spec.resultForm,
      get ready() {
        return prepared.ready
      },
      instantiate: () => functionsOf(prepared.instantiate(opened)),
    }
    this.#loaded.set(id, loaded)
    return loaded
  }

  #prepare(code: Uint8Array, hash: string): Prepared {
    const known = this.#prepared.get(hash)
    if (known !== undefined) return known
    const prepared = prepare(code, hash, this.#host)
    this.#prepared.set(hash, prepared)
    return prepared
  }
}

type Foreign = DecodeParcelOptions['foreign']
type Known = ReturnType<NonNullable<DecodeParcelOptions['known']>>

function loadedFunction({ value, functions, objects }: Revived, hash: string, host: ReferenceHost): LoadedFunction {
  if (typeof value !== 'function') {
    throw new CloudException('The function’s bundle holds no function.', { code: 'revive' })
  }
  const call = value as (...args: readonly unknown[]) => unknown
  // With those of the arguments as they are decoded.
  const all: KnownFunctions[] = [{ hash, functions, objects }]
  const known = (bundle: string, id: number): Known => all.find(each => each.hash === bundle)?.functions[id]
  const revived = (more: KnownFunctions): unknown => all.push(more)
  const standsFor =
    (foreign: Foreign): Foreign =>
    data =>
      isHeldName(data) ? heldThing(data, all) : foreign?.(data)
  return {
    decode(payload, foreign) {
      const plain = plainOf(payload)
      if (plain !== undefined) return valueOfPlain(plain)
      return decodeParcel(payload, { known, foreign: standsFor(foreign), host, revived })
    },
    begin(args) {
      for (const [index, each] of all.entries()) all[index] = withoutObjects(each)
      return call(...args)
    },
    known: all,
  }
}
