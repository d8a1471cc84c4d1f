import { availableParallelism } from 'node:os'
import type { Blobs } from '../engine/ports/blobs.ts'
import type { Launcher } from '../engine/ports/launcher.ts'
import { CloudException } from '../protocol/errors.ts'
import { MAX_UNPACKED_BYTES } from '../protocol/limits.ts'
import type { Serve } from './asks.ts'
import { Pool } from './pool.ts'
import { childSettings } from './process/child-settings.ts'
import type { SpawnedChild } from './process/spawn-child.ts'

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
  /** A child that boots already, started with `childSettings` of these options in this very turn. Default: the pool starts its first. */
  readonly first?: SpawnedChild | undefined
}

/**
 * A launcher that runs jobs in child processes of this machine.
 * @throws {CloudException} with code `invalid-argument` for options out of range
 */
export function createPool(options: PoolOptions): Launcher {
  const { workers = availableParallelism(), maxWaiting = DEFAULT_WAITING, spares = 1 } = options
  demand('workers', workers, 1, 'a number of processes')
  demand('maxWaiting', maxWaiting, 0, 'a number of jobs')
  demand('spares', spares, 0, 'a number of processes')
  const { blobs, serve, loadBundle, environmentsLimit = MAX_UNPACKED_BYTES, first } = options
  const child = childSettings({ ...options, folder: blobs.folder })
  demand('memoryLimit', Math.floor(child.memoryLimit), MIN_MEMORY_BYTES, 'bytes')
  return new Pool({ workers, maxWaiting, spares, blobs, serve, loadBundle, environmentsLimit, child, first })
}

function demand(name: string, value: number, least: number, unit: string): void {
  if (Number.isInteger(value) && value >= least) return
  const message = `The pool’s ${name} is ${value}; it must be ${unit}, a whole number of at least ${least}.`
  throw new CloudException(message, { code: 'invalid-argument' })
}
