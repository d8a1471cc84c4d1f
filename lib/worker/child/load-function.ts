import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { type Prepared, prepare, type Revived } from '../../closure/revive.ts'
import { openBundle } from '../../closure/revive-format.ts'
import { type DecodeParcelOptions, decodeParcel, type KnownFunctions } from '../../closure/revive-parcel.ts'
import type { ReferenceHost } from '../../closure/revive-references.ts'
import { CloudException } from '../../protocol/errors.ts'
import { decodeSpec } from '../spec-frame.ts'
import type { Spec } from '../wire.ts'
import { wholeFile } from './whole-file.ts'

/** One job's function, revived for it alone, and how values are read beside it. */
export interface LoadedFunction {
  readonly call: (...args: unknown[]) => unknown
  decode(payload: Uint8Array, foreign?: (data: unknown) => unknown): unknown
  /** Its functions, which the caller has as well: in a result they travel by name. */
  readonly known: readonly KnownFunctions[]
}

/** What jobs of one spec have in common. */
export interface LoadedSpec {
  readonly level: 0 | 1 | 2
  readonly profile: boolean
  /** Throws `revive` when the bundle can't be read here. */
  instantiate(): LoadedFunction
  /** Puts the user's files and lines into a stack trace. */
  mapStack(stack: string): string
}

const require = createRequire(import.meta.url)

/** The functions that this process was told of. Code is compiled once; what it captured is made anew for each job. */
export class Specs {
  readonly #host: ReferenceHost
  readonly #bundles = new Map<string, Uint8Array>()
  readonly #prepared = new Map<string, Prepared>()
  readonly #specs = new Map<number, Spec>()
  readonly #loaded = new Map<number, LoadedSpec>()

  /** @param hostModules names and URLs of modules that the process has an instance of its own of */
  constructor(hostModules: Readonly<Record<string, string>>) {
    this.#host = {
      hostModule: name => {
        const url = hostModules[name]
        return url === undefined ? undefined : (require(fileURLToPath(url)) as object)
      },
      module: hash => this.#bundles.get(hash),
    }
  }

  define(body: Buffer): void {
    const { id, spec, bundles } = decodeSpec(body)
    for (const { hash, bytes, file } of bundles) {
      this.#bundles.set(hash, file === undefined ? (bytes as Uint8Array) : wholeFile(file))
    }
    this.#specs.set(id, spec)
  }

  get(id: number): LoadedSpec {
    return this.#loaded.get(id) ?? this.#load(id)
  }

  #load(id: number): LoadedSpec {
    const spec = this.#specs.get(id)
    const bytes = spec && this.#bundles.get(spec.bundle)
    if (spec === undefined || bytes === undefined) {
      throw new CloudException(`The bundle of spec ${id} did not come.`, { code: 'revive' })
    }
    const opened = openBundle(bytes)
    const prepared = this.#prepare(opened.code, spec.code)
    const functionsOf = (revived: Revived): LoadedFunction => loadedFunction(revived, spec.bundle, this.#host)
    const loaded: LoadedSpec = {
      level: spec.level,
      profile: spec.profile,
      instantiate: () => functionsOf(prepared.instantiate(opened)),
      mapStack: prepared.mapStack,
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

type Known = ReturnType<NonNullable<DecodeParcelOptions['known']>>

function loadedFunction({ value, functions }: Revived, hash: string, host: ReferenceHost): LoadedFunction {
  if (typeof value !== 'function') {
    throw new CloudException('The function’s bundle holds no function.', { code: 'revive' })
  }
  const known = (bundle: string, id: number): Known => (bundle === hash ? functions[id] : undefined)
  return {
    call: value as LoadedFunction['call'],
    decode: (payload, foreign) => decodeParcel(payload, { known, foreign, host }),
    known: [{ hash, functions }],
  }
}
