import type { Range } from '../../protocol/job.ts'
import type { Change } from '../ports/job-store.ts'
import type { Ports } from '../ports/ports.ts'
import type { ControlMessage, Received } from '../ports/queue.ts'
import type { Settings } from '../ports/settings.ts'
import type { Gate, Watch } from '../records/gate.ts'
import { overlap } from '../records/ranges.ts'
import { isFinishedAt, type Run, statusAt } from '../records/run.ts'
import { DONE } from '../records/status-code.ts'
import type { Gates } from './gates.ts'

/** What others wait for: makes gates stall or advance as jobs become terminal. */
export interface Release {
  /** Handles records of changes, in any order and any number of times; to be called again if it rejects. */
  changed(changes: readonly Change[]): Promise<void>
  /** Looks at the gates of control messages; those that it could look at are deleted. */
  control(received: readonly Received<ControlMessage>[]): Promise<void>
}

/** What became terminal in one submission, and what of that failed. */
interface Ended {
  readonly submission: number
  readonly ranges: Range[]
  readonly failed: Range[]
}

const everything: readonly Range[] = [[1, Number.MAX_SAFE_INTEGER - 1]]

export function createRelease(
  { store, control }: Pick<Ports, 'store' | 'control'>,
  gates: Gates,
  { page }: Pick<Settings, 'page'>,
): Release {
  async function endedRuns(runs: readonly Run[]): Promise<void> {
    const ended = new Map<number, Ended>()
    for (const run of runs) {
      const known = ended.get(run.submission)
      if (known === undefined)
        ended.set(run.submission, gather(run, { submission: run.submission, ranges: [], failed: [] }))
      else gather(run, known)
    }
    const { watches, edges } = await store.dependents({ of: [...ended.values()] })
    for (const edge of edges) {
      const cause = ended.get(edge.submission)?.failed.find(range => overlap(range, edge.range))
      if (cause !== undefined) await gates.stall(edge.gate, Math.max(cause[0], edge.range[0]))
    }
    if (watches.length > 0) await hand(watches)
  }

  /** Many gates may watch one job: they are looked at elsewhere, so that this stays short. */
  async function hand(watches: readonly Watch[]): Promise<void> {
    const bodies: ControlMessage[] = []
    for (const [submission, own] of Map.groupBy(watches, watch => watch.submission)) {
      const watching = own.map(({ jid, gate }) => ({ jid, gate }))
      for (let from = 0; from < own.length; from += page) {
        bodies.push({ submission, watches: watching.slice(from, from + page) })
      }
    }
    if (bodies.length > 0) await control.send({ bodies })
  }

  async function changedGate(gate: Gate): Promise<void> {
    if (gate.state === 'stalled' || gate.state === 'killed') {
      const { watches, edges } = await store.dependents({ of: [{ submission: gate.id, ranges: everything }] })
      for (const edge of edges) await gates.stall(edge.gate, edge.range[0])
      await hand(watches)
    } else if (!gate.sent && (gate.state === 'open' || !gate.edged)) await gates.advance(gate.id)
  }

  return {
    async changed(changes) {
      const runs: Run[] = []
      for (const change of changes) if (change.kind === 'run') runs.push(change.run)
      if (runs.length > 0) await endedRuns(runs)
      for (const change of changes) if (change.kind === 'gate') await changedGate(change.gate)
    },
    async control(received) {
      for (const { body, receipt } of received) {
        for (const { gate } of body.watches) await gates.advance(gate)
        await store.deleteWatches({ watches: body.watches.map(one => ({ ...one, submission: body.submission })) })
        await control.delete({ receipts: [receipt] })
      }
    },
  }
}

/** Adds the terminal jobs of a run, as few ranges as can be. */
function gather(run: Run, ended: Ended): Ended {
  if (run.unfinished === 0) add(ended.ranges, run.first, run.count)
  for (let offset = 0; offset < run.count; offset++) {
    if (!isFinishedAt(run, offset)) continue
    if (run.unfinished > 0) add(ended.ranges, run.first + offset, 1)
    if (statusAt(run, offset) !== DONE) add(ended.failed, run.first + offset, 1)
  }
  return ended
}

function add(ranges: Range[], first: number, count: number): void {
  const last = ranges.at(-1)
  if (last !== undefined && last[0] + last[1] === first) ranges[ranges.length - 1] = [last[0], last[1] + count]
  else ranges.push([first, count])
}
