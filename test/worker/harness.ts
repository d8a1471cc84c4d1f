import { mkdtempSync } from 'node:fs'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { capture } from '../../lib/closure/capture.ts'
import type { Blobs } from '../../lib/engine/ports/blobs.ts'
import {
  type Launch,
  type Launcher,
  type Outcome,
  type Output,
  outcomesOf,
  type Work,
} from '../../lib/engine/ports/launcher.ts'
import type { EnvironmentReference } from '../../lib/protocol/archive-pieces.ts'
import { decodeFailure, type Failure } from '../../lib/protocol/failure.ts'
import type { WireOptions } from '../../lib/protocol/options.ts'
import { pack } from '../../lib/protocol/packed.ts'
import { blobReferenceOf } from '../../lib/protocol/payload.ts'
import { decode } from '../../lib/value/decode.ts'
import { encode, gather } from '../../lib/value/encode.ts'
import { createPool, type PoolOptions } from '../../lib/worker/create-pool.ts'

/** Blobs as files of one folder: what the pool needs of a store. */
export function fileBlobs(): Blobs & { dispose(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'picloud-worker-'))
  const path = (key: string): string => join(folder, key.replaceAll('/', '~'))
  const sizeOf = (key: string): Promise<number | undefined> =>
    stat(path(key)).then(
      ({ size }) => size,
      () => undefined,
    )
  return {
    folder,
    async put({ key, parts }) {
      await writeFile(path(key), parts as Iterable<Uint8Array>)
      return true
    },
    adopt: ({ key, file }) => rename(file, path(key)),
    get: ({ key }) => readFile(path(key)).catch(() => undefined),
    size: ({ key }) => sizeOf(key),
    file: async ({ key }) => ((await sizeOf(key)) === undefined ? undefined : path(key)),
    delete: ({ key }) => rm(path(key), { force: true }),
    dispose: () => rm(folder, { recursive: true, force: true }),
  }
}

export interface Ended {
  readonly outcome: Outcome
  readonly failure: Failure | undefined
  readonly output: Output | undefined
}

export interface Started {
  readonly launch: Launch
  readonly ended: Promise<readonly Ended[]>
  /** Every report of output, in order. */
  readonly outputs: readonly { readonly offset: number; readonly output: Output }[]
  readonly started: readonly number[]
}

let nextJid = 1

/** A pool with its store, and a way to run functions through it as the engine would. */
export class Bench {
  readonly blobs = fileBlobs()
  readonly pool: Launcher
  readonly #bundles = new Map<string, Uint8Array>()

  constructor(options: Partial<PoolOptions> = {}) {
    this.pool = createPool({
      workers: 1,
      blobs: this.blobs,
      serve: () => Promise.reject(new Error('this pool serves nothing')),
      loadBundle: hash => Promise.resolve(this.#bundles.get(hash) as Uint8Array),
      ...options,
    })
  }

  /** What jobs find under this hash. */
  keep(hash: string, bytes: Uint8Array): void {
    this.#bundles.set(hash, bytes)
  }

  start(
    fn: Function,
    rows: readonly (readonly unknown[])[],
    options: WireOptions = {},
    { environment, ...more }: Partial<Work> & { readonly environment?: EnvironmentReference } = {},
  ): Started {
    const { bundle, hash, code, modules, name } = capture(fn)
    this.#bundles.set(hash, bundle)
    for (const each of modules) this.#bundles.set(each.hash, each.bytes)
    const first = nextJid
    nextJid += rows.length
    const ended: (Ended | undefined)[] = rows.map(() => undefined)
    const outputs: { offset: number; output: Output }[] = []
    const started: number[] = []
    const work: Work = {
      first,
      attempt: 1,
      jobs: rows.map((_, offset) => ({ offset, tries: 1 })),
      function: {
        bundle: hash,
        code,
        modules: modules.map(each => each.hash),
        name,
        node: 24,
        ...(environment && { environment }),
      },
      options,
      args: pack(rows.map(row => gather(encode(row)))),
      depth: 0,
      ...more,
    }
    const finished = (outcomes: readonly Outcome[]): void => {
      for (const outcome of outcomes) {
        if (ended[outcome.offset] !== undefined) throw new Error(`job ${outcome.offset} ended twice`)
        const output = outputs.findLast(each => each.offset === outcome.offset)?.output
        const failure = outcome.status === 'done' ? undefined : decodeFailure(outcome.payload)
        ended[outcome.offset] = { outcome, failure, output }
      }
    }
    const launch = this.pool.launch(work, {
      started: offsets => started.push(...offsets),
      output: (offset, output) => outputs.push({ offset, output }),
      finished,
      returned: jobs => finished(outcomesOf(jobs)),
    })
    return { launch, outputs, started, ended: launch.done.then(() => ended as Ended[]) }
  }

  /** One job to its end. */
  async run(fn: Function, args: readonly unknown[] = [], options: WireOptions = {}): Promise<Ended> {
    const [ended] = await this.start(fn, [args], options).ended
    return ended as Ended
  }

  /** One job's value; its failure is thrown as it is. */
  async value(fn: Function, args: readonly unknown[] = [], options: WireOptions = {}): Promise<unknown> {
    return this.valueOf(await this.run(fn, args, options))
  }

  async valueOf({ outcome, failure }: Ended): Promise<unknown> {
    if (failure !== undefined) throw new Error(`${failure.code}: ${failure.message}`)
    const blob = blobReferenceOf(outcome.payload)
    return decode(blob === undefined ? outcome.payload : ((await this.blobs.get(blob)) as Uint8Array))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pool.close()
    await this.blobs.dispose()
  }
}
