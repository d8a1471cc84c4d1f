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
  'billed',
  'cost',
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
 * submit. `retry`: it failed, and is tried again at `at`. `chunk`: a machine has its message, which jobs `first`
 * and on share, and `before` of them come first. `worker`: no worker is free. Times in epoch milliseconds.
 */
export type WaitsFor =
  | { readonly kind: 'dependency'; readonly jid: number; readonly total: number }
  | { readonly kind: 'schedule'; readonly at: number }
  | { readonly kind: 'retry'; readonly at: number }
  | { readonly kind: 'chunk'; readonly first: number; readonly count: number; readonly before: number }
  | { readonly kind: 'worker'; readonly limit: WorkerLimit | null; readonly queue: QueuePlace | null }

/** What there is a limited number of, and who has it. */
export interface WorkerLimit {
  /** `workers`: child processes of the service. `executors`: machines of the stack. */
  readonly of: 'workers' | 'executors'
  /** Those of the stack for jobs that asked for more processor; the others are not counted. */
  readonly highCpu?: boolean
  /** How many there may be at a time. */
  readonly max: number
  /** How many of them are busy; of executors the messages that they have, about. */
  readonly busy: number
  /** Jobs that run there, at most 20. Of executors those that were found near to the job and before it: others may run too. */
  readonly jids: readonly number[]
}

/** Where a job stands in the queue. */
export interface QueuePlace {
  /** Messages that no machine has: each is a chunk of jobs. On AWS about. */
  readonly messages: number
  /** Jobs that come before it; null where the queue keeps no order, as on AWS, or where it is beyond the first 10,000 messages. */
  readonly before: number | null
}

/** Times in epoch milliseconds; runtime, CPU and billed times in seconds; memory in bytes; profile is a V8 CPU profile as JSON text. */
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
  /** The last try's runtime, rounded up to the millisecond. Null until it ended, and where nobody bills: on AWS alone they do. */
  billed?: number | null
  /**
   * What that is worth in USD: `billed` × the memory of the executor that ran it × Lambda's price for the architecture in us-east-1, shared
   * evenly by as many jobs of the chunk as the executor runs at once. Without earlier tries, requests, starts of executors and
   * storage.
   */
  cost?: number | null
  profile?: string | null
  function?: string
  parent?: number | null
  highCpu?: boolean
  waitsFor?: WaitsFor | null
}
