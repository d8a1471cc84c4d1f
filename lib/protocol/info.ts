import type { Failure } from './failure.ts'
import type { Status } from './job.ts'

export const infoKeys = [
  'stdout',
  'stderr',
  'exception',
  'runtime',
  'status',
  'created',
  'started',
  'finished',
  'label',
  'attempts',
  'memory',
  'cputime',
  'profile',
  'function',
  'parent',
  'highCpu',
  'stdoutDropped',
  'stderrDropped',
  'waitsFor',
] as const
export type InfoKey = (typeof infoKeys)[number]

/**
 * Why a job has not started. `dependency`: the job `jid`, one of `total`, is unfinished. `schedule`: not before `at`, as asked at
 * submit. `retry`: it failed, and is tried again at `at`. `chunk`: jobs `first` and on share its message, and one before it runs.
 * `worker`: it is next when a worker is free. Times in epoch milliseconds.
 */
export type WaitsFor =
  | { readonly kind: 'dependency'; readonly jid: number; readonly total: number }
  | { readonly kind: 'schedule'; readonly at: number }
  | { readonly kind: 'retry'; readonly at: number }
  | { readonly kind: 'chunk'; readonly first: number; readonly count: number }
  | { readonly kind: 'worker' }

/** Times in epoch milliseconds; runtime and CPU times in seconds; memory in bytes; profile is a V8 CPU profile as JSON text. */
export interface JobFacts {
  stdout?: string
  stderr?: string
  /** Characters that no longer fitted. */
  stdoutDropped?: number
  stderrDropped?: number
  exception?: Failure | null
  runtime?: number | null
  status?: Status
  created?: number
  started?: number | null
  finished?: number | null
  label?: string | null
  attempts?: number
  memory?: number | null
  cputime?: { user: number; system: number } | null
  profile?: string | null
  function?: string
  parent?: number | null
  highCpu?: boolean
  waitsFor?: WaitsFor | null
}
