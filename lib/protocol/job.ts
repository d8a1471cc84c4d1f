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

/** Who makes a request: a key of the service, or a running job. */
export type Principal =
  | { readonly kind: 'owner' }
  | { readonly kind: 'job'; readonly jid: number; readonly attempt: number; readonly depth: number }

/** What is kept of one attempt at a job. Times in epoch milliseconds, CPU in microseconds, memory in bytes. */
export interface Usage {
  readonly started: number
  readonly finished: number
  readonly cpuUser: number
  readonly cpuSystem: number
  readonly memory: number
}
