import type { Range } from '../../protocol/job.ts'

/**
 * What holds a submission back. One record a submission, changed by compare-and-set.
 *
 * waiting: some dependency is unfinished, or `opensAt` is still to come. `advance` moves `cursor` down the dependencies and
 *   keeps one watch on the last unfinished one. Left when none is unfinished, when one failed (mode abort), or by a kill.
 * open: the jobs may run. `sentTo` counts the segments whose messages are sent; `sent`: all of them.
 * stalled, killed: no job of it that is not terminal by itself will run. Terminal.
 */
export interface Gate {
  /** The submission's. */
  readonly id: number
  readonly dependencies: readonly Range[]
  readonly mode: 'abort' | 'ignore'
  /** Epoch milliseconds; 0 = as soon as the dependencies allow. */
  readonly opensAt: number
  readonly state: 'waiting' | 'open' | 'stalled' | 'killed'
  /** Dependencies from here on are known to be finished. */
  readonly cursor: number
  /** Whether the edges are there. */
  readonly edged: boolean
  /** The dependency that failed, once stalled. */
  readonly cause: number | undefined
  readonly sentTo: number
  readonly sent: boolean
  readonly version: number
  /** Epoch milliseconds. */
  readonly created: number
  /** Epoch milliseconds of the last change or look: a sweeper leaves fresh ones alone. */
  readonly looked: number
}

/** `gate` waits for `jid`. Kept under the dependency's submission, as its changes are what asks for it. */
export interface Watch {
  readonly submission: number
  readonly jid: number
  readonly gate: number
}

/** A failure in the range stalls `gate`. */
export interface Edge {
  readonly submission: number
  readonly range: Range
  readonly gate: number
}
