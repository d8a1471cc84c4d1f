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
] as const
export type InfoKey = (typeof infoKeys)[number]

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
}
