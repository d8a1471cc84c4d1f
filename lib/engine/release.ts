import type { Range } from '../protocol/job.ts'
import type { Gate, Watch } from './gate.ts'
import type { Gates } from './gates.ts'
import type { Change } from './job-store.ts'
import type { Ports } from './ports.ts'
import type { ControlMessage, Received } from './queue.ts'
import { overlap } from './ranges.ts'
import { isFinishedAt, type Run, statusAt } from './run.ts'
import type { Settings } from './settings.ts'
import { DONE } from './status-code.ts'

/** What others wait for: makes gates stall or advance as jobs become terminal. */
export interface Release {
  /** Handles records of changes, in any order and any number of times; to be called again if it rejects. */
  changed(changes: readonly Change[]): Promise<void>
  /** Looks at the gates of control messages; those that it could look at are deleted. */
  control(received: readonly Received<ControlMessage>[]): Promise<void>
}

/** What became terminal in one submission. */
interface Ended {
  readonly all: Range[]
  readonly failed: Range[]
}

const everything: readonly Range[] = [[1, Number.MAX_SAFE_INTEGER - 1]]

export function createRelease(
  { store, control }: Pick<Ports, 'store' | 'control'>,
  gates: Gates,
  { page }: Pick<Settings, 'page'>,
): Release {
  async function endedRuns(runs: readonly Run[]): Promise<void> {
    const bySubmission = new Map<number, Ended>()
    for (const run of runs) {
      const ended = bySubmission.get(run.submission) ?? { all: [], failed: [] }
      bySubmission.set(run.submission, ended)
      gather(run, ended)
    }
    for (const [submission, ended] of bySubmission) await tell(submission, ended)
  }

  async function tell(submission: number, { all, failed }: Ended): Promise<void> {
    const { watches, edges } = await store.dependents({ submission, ranges: all })
    for (const edge of edges) {
      const cause = failed.find(range => overlap(range, edge.range))
      if (cause !== undefined) await gates.stall(edge.gate, Math.max(cause[0], edge.range[0]))
    }
    await hand(submission, watches)
  }

  /** Many gates may watch one job: they are looked at elsewhere, so that this stays short. */
  async function hand(submission: number, watches: readonly Watch[]): Promise<void> {
    for (let from = 0; from < watches.length; from += page) {
      const some = watches.slice(from, from + page).map(({ jid, gate }) => ({ jid, gate }))
      await control.send({ bodies: [{ submission, watches: some }] })
    }
  }

  async function changedGate(gate: Gate): Promise<void> {
    if (gate.state === 'stalled' || gate.state === 'killed') {
      const { watches, edges } = await store.dependents({ submission: gate.id, ranges: everything })
      for (const edge of edges) await gates.stall(edge.gate, edge.range[0])
      await hand(gate.id, watches)
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
function gather(run: Run, { all, failed }: Ended): void {
  if (run.unfinished === 0) add(all, run.first, run.count)
  for (let offset = 0; offset < run.count; offset++) {
    if (!isFinishedAt(run, offset)) continue
    if (run.unfinished > 0) add(all, run.first + offset, 1)
    if (statusAt(run, offset) !== DONE) add(failed, run.first + offset, 1)
  }
}

function add(ranges: Range[], first: number, count: number): void {
  const last = ranges.at(-1)
  if (last !== undefined && last[0] + last[1] === first) ranges[ranges.length - 1] = [last[0], last[1] + count]
  else ranges.push([first, count])
}
