import type { WaitsFor } from '../../protocol/info.ts'
import type { Gate } from '../records/gate.ts'
import type { Run } from '../records/run.ts'
import { QUEUED, WAITING } from '../records/status-code.ts'

/** What decides about a job that has not started. */
export interface Unstarted {
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
export function waitsFor({ code, gate, run, now }: Unstarted): WaitsFor | null {
  if (code === WAITING && gate !== undefined && !(gate.edged && gate.cursor === 0)) return dependencyOf(gate)
  if (code !== WAITING && code !== QUEUED) return null
  if (gate?.state === 'waiting' && gate.opensAt > now) return { kind: 'schedule', at: gate.opensAt }
  if (run?.phase === 'queued' && run.notBefore > now) return { kind: 'retry', at: run.notBefore }
  return run?.phase === 'processing' ? { kind: 'chunk', first: run.first, count: run.count } : { kind: 'worker' }
}

/** The one that the gate watches: the last that is unfinished. Before the first look that is the last of all. */
function dependencyOf({ dependencies, cursor }: Gate): WaitsFor {
  let last = 0
  let total = 0
  for (const [first, count] of dependencies) {
    last = Math.max(last, first + count - 1)
    total += count
  }
  return { kind: 'dependency', jid: cursor > 0 ? Math.min(cursor - 1, last) : last, total }
}
