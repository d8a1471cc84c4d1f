import { createRequire } from 'node:module'
import { type Prepared, prepare, type Revived } from '../../closure/revive.ts'
import { openBundle } from '../../closure/revive-format.ts'
import { CloudException } from '../../protocol/errors.ts'
import { decode } from '../../value/decode.ts'
import { decodeSpec } from '../spec-frame.ts'
import type { Spec } from '../wire.ts'
import { wholeFile } from './whole-file.ts'

/** One job's function, revived for it alone, and how values are read beside it. */
export interface LoadedFunction {
  readonly call: (...args: unknown[]) => unknown
  decode(payload: Uint8Array, foreign?: (data: unknown) => unknown): unknown
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
  readonly #hostModules: Readonly<Record<string, string>>
  readonly #bundles = new Map<string, Uint8Array>()
  readonly #prepared = new Map<string, Prepared>()
  readonly #specs = new Map<number, Spec>()
  readonly #loaded = new Map<number, LoadedSpec>()

  /** @param hostModules names and URLs of modules that the process has an instance of its own of */
  constructor(hostModules: Readonly<Record<string, string>>) {
    this.#hostModules = hostModules
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
    const loaded: LoadedSpec = {
      level: spec.level,
      profile: spec.profile,
      instantiate: () => loadedFunction(prepared.instantiate(opened)),
      mapStack: prepared.mapStack,
    }
    this.#loaded.set(id, loaded)
    return loaded
  }

  #prepare(code: Uint8Array, hash: string): Prepared {
    const known = this.#prepared.get(hash)
    if (known !== undefined) return known
    const prepared = prepare(code, hash, {
      hostModule: name => this.#hostModule(name),
      module: module => this.#bundles.get(module),
    })
    this.#prepared.set(hash, prepared)
    return prepared
  }

  #hostModule(name: string): object | undefined {
    const url = this.#hostModules[name]
    return url === undefined ? undefined : (require(url) as object)
  }
}

function loadedFunction({ value }: Revived): LoadedFunction {
  if (typeof value !== 'function') {
    throw new CloudException('The function’s bundle holds no function.', { code: 'revive' })
  }
  return {
    call: value as LoadedFunction['call'],
    decode: (payload, foreign) => decode(payload, { foreign }),
  }
}
