import type { WaitsFor } from '../../protocol/info.ts'
import type { Gate } from '../records/gate.ts'
import { isFinishedAt, type Run } from '../records/run.ts'
import { QUEUED, WAITING } from '../records/status-code.ts'

/** What a job waits for, before anybody looked who is busy. */
export type Obstacle = Exclude<WaitsFor, { readonly kind: 'worker' }> | { readonly kind: 'worker' }

/** What decides about a job that has not started. */
export interface Unstarted {
  readonly jid: number
  readonly code: number
  readonly gate: Gate | undefined
  /** Of its chunk, if that has one. */
  readonly run: Run | undefined
  /** Epoch milliseconds. */
  readonly now: number
}

/**
 * What a job waits for; null for one that runs or is finished. In this order: a dependency that is unfinished, its own
 * time, the time of its next try, the jobs before it in its chunk, a free worker.
 */
export function waitsFor({ jid, code, gate, run, now }: Unstarted): Obstacle | null {
  if (code === WAITING && gate !== undefined && !(gate.edged && gate.cursor === 0)) return dependencyOf(gate)
  if (code !== WAITING && code !== QUEUED) return null
  if (gate?.state === 'waiting' && gate.opensAt > now) return { kind: 'schedule', at: gate.opensAt }
  if (run?.phase === 'queued' && run.notBefore > now) return { kind: 'retry', at: run.notBefore }
  return run?.phase === 'processing' ? behindOthers(run, jid) : { kind: 'worker' }
}

function behindOthers(run: Run, jid: number): Obstacle {
  const { first, count } = run
  let before = 0
  for (let offset = 0; first + offset < jid; offset++) if (!isFinishedAt(run, offset)) before++
  return { kind: 'chunk', first, count, before }
}

/** The one that the gate watches: the last that is unfinished. Before the first look that is the last of all. */
function dependencyOf({ dependencies, cursor }: Gate): Obstacle {
  let last = 0
  let total = 0
  for (const [first, count] of dependencies) {
    last = Math.max(last, first + count - 1)
    total += count
  }
  return { kind: 'dependency', jid: cursor > 0 ? Math.min(cursor - 1, last) : last, total }
}
