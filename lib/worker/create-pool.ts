import { availableParallelism, totalmem } from 'node:os'
import type { Blobs } from '../engine/ports/blobs.ts'
import type { Launcher } from '../engine/ports/launcher.ts'
import { CloudException } from '../protocol/errors.ts'
import { MAX_UNPACKED_BYTES } from '../protocol/limits.ts'
import type { Serve } from './asks.ts'
import { scrubbedEnvironment } from './environment.ts'
import { withLargePages } from './large-pages.ts'
import { Pool } from './pool.ts'

/** Bytes that one child may take by default at most: what V8 would give a heap by itself. */
const DEFAULT_MEMORY_BYTES = 4 * 1024 ** 3
/** Share of the machine's memory that all children together may take by default. */
const MEMORY_SHARE = 0.75
/** Bytes below which no child starts. */
const MIN_MEMORY_BYTES = 64 * 1024 ** 2
/** Children that wait for other jobs, beyond those that run some. Each takes 40 MB. */
const DEFAULT_WAITING = 64

export interface PoolOptions {
  /** Jobs that run at once: a child process each. Default: the machine's cores. */
  readonly workers?: number
  /** Where large arguments, large results and bundles are. */
  readonly blobs: Blobs
  /** Answers the requests that jobs make. */
  readonly serve: Serve
  /** Reads a bundle from elsewhere than `blobs`. */
  readonly loadBundle?: (hash: string) => Promise<Uint8Array>
  /** A folder of this machine for unpacked environments: made when one is needed, kept. Default: there are none. */
  readonly environments?: string
  /** Bytes that they may take: what was not used for longest goes first, and never what a job needs. Default 10 GiB. */
  readonly environmentsLimit?: number
  /** Names and URLs of modules that jobs take by reference; each child loads its own: `{ picloud: '…/index.js' }`. */
  readonly hostModules?: Readonly<Record<string, string>>
  /** Bytes of resident memory that one job may use. Default: ¾ of the machine's over all workers, at most 4 GB. */
  readonly memoryLimit?: number
  /** Jobs that may wait for other jobs at the same time. Beyond it a wait is refused with code `deadlock`. Default 64. */
  readonly maxWaiting?: number
  /** What the children's environment is made of. Default: this process's. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** True: children keep AWS credentials, as on a person's own machine. Default false. */
  readonly keepCredentials?: boolean
  /** Children that are started ahead, so that the next function need not wait for one. Default 1. */
  readonly spares?: number
}

/**
 * A launcher that runs jobs in child processes of this machine.
 * @throws {CloudException} with code `invalid-argument` for options out of range
 */
export function createPool(options: PoolOptions): Launcher {
  const { workers = availableParallelism(), maxWaiting = DEFAULT_WAITING, spares = 1, hostModules = {} } = options
  const memoryLimit = options.memoryLimit ?? Math.min(DEFAULT_MEMORY_BYTES, (MEMORY_SHARE * totalmem()) / workers)
  demand('workers', workers, 1, 'a number of processes')
  demand('maxWaiting', maxWaiting, 0, 'a number of jobs')
  demand('spares', spares, 0, 'a number of processes')
  demand('memoryLimit', Math.floor(memoryLimit), MIN_MEMORY_BYTES, 'bytes')
  const environment = withLargePages(scrubbedEnvironment(options.environment ?? process.env, options.keepCredentials))
  const { blobs, serve, loadBundle, environments, environmentsLimit = MAX_UNPACKED_BYTES } = options
  const child = { environment, memoryLimit, folder: blobs.folder, environments, hostModules }
  return new Pool({ workers, maxWaiting, spares, blobs, serve, loadBundle, environmentsLimit, child })
}

function demand(name: string, value: number, least: number, unit: string): void {
  if (Number.isInteger(value) && value >= least) return
  const message = `The pool’s ${name} is ${value}; it must be ${unit}, a whole number of at least ${least}.`
  throw new CloudException(message, { code: 'invalid-argument' })
}
