import type { Scope } from './scope.ts'

/** `waiting` (on dependencies) → `queued` → `processing` → one of the terminal four. */
export const statuses = ['waiting', 'queued', 'processing', 'done', 'error', 'killed', 'stalled'] as const
export type Status = (typeof statuses)[number]

export type TerminalStatus = 'done' | 'error' | 'killed' | 'stalled'

const terminal: ReadonlySet<Status> = new Set<Status>(['done', 'error', 'killed', 'stalled'])

export function isTerminal(status: Status): status is TerminalStatus {
  return terminal.has(status)
}

/** Consecutive jids: first and count. On the wire a pair. */
export type Range = readonly [first: number, count: number]

/**
 * Who makes a request: whoever has the process or the AWS account, the admin user, a key, or a running job, which acts for the
 * key that submitted it.
 */
export type Principal =
  | { readonly kind: 'owner' }
  | { readonly kind: 'admin' }
  | { readonly kind: 'key'; readonly key: number; readonly scopes: readonly Scope[] }
  | {
      readonly kind: 'job'
      readonly jid: number
      readonly attempt: number
      readonly depth: number
      readonly key?: number
    }

/** The key whose jobs these are; undefined: of nobody's key. */
export function keyOf(principal: Principal): number | undefined {
  return principal.kind === 'key' || principal.kind === 'job' ? principal.key : undefined
}

/** What is kept of one attempt at a job. Times in epoch milliseconds, CPU in microseconds, memory in bytes. */
export interface Usage {
  readonly started: number
  readonly finished: number
  readonly cpuUser: number
  readonly cpuSystem: number
  readonly memory: number
}
