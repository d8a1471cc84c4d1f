import type { Range } from '../../protocol/job.ts'
import type { Custody } from '../dispatch/custody.ts'
import type { JobStore } from '../ports/job-store.ts'
import type { Gate } from '../records/gate.ts'
import { type Run, STATUS } from '../records/run.ts'
import type { StoredSegment } from '../records/segment.ts'
import { DONE, KILLED, PROCESSING, QUEUED, STALLED, WAITING } from '../records/status-code.ts'

/** What is known of the jobs of a segment at one moment. */
export class View {
  readonly stored: StoredSegment
  /** Of a gated segment. */
  readonly gate: Gate | undefined
  readonly #held: Held
  #statuses: Uint8Array | undefined

  constructor(stored: StoredSegment, gate: Gate | undefined, held: Held) {
    this.stored = stored
    this.gate = gate
    this.#held = held
  }

  /** False of a gated segment without a gate: its submit was cut short. To everybody there is no such job. */
  get isAccepted(): boolean {
    return !this.stored.segment.gated || this.gate !== undefined
  }

  /** A status a job of the segment, buried ones with their final one. */
  get statuses(): Uint8Array {
    this.#statuses ??= statusesOf(this.stored, this.gate, this.#held)
    return this.#statuses
  }

  /** False: none of its jobs is terminal. Told without looking at each, as most of what a waiter looks at is so. */
  get mayBeFinished(): boolean {
    const { runs, tombs } = this.stored
    if (tombs !== undefined || (this.gate !== undefined && this.gate.state !== 'open')) return true
    for (const { run } of runs) if (run.unfinished < run.count) return true
    return false
  }
}

/** Chunks that run in this process know more than the store: which of their jobs began. */
export type Held = (first: number) => Custody | undefined

export async function viewsOf(
  store: JobStore,
  held: Held,
  params: { readonly ranges: readonly Range[]; readonly payloads?: boolean; readonly args?: boolean },
): Promise<readonly View[]> {
  const found = await store.read(params)
  const gates = await gatesOf(store, found)
  return found.map(stored => {
    const gate = gates?.get(stored.segment.submission)
    return new View(stored, gate, held)
  })
}

async function gatesOf(store: JobStore, found: readonly StoredSegment[]) {
  const ids = new Set<number>()
  for (const { segment } of found) if (segment.gated) ids.add(segment.submission)
  if (ids.size === 0) return undefined
  const gates = await store.getGates({ ids: [...ids] })
  return new Map([...ids].map((id, index) => [id, gates[index]]))
}

/** Pure but for what `held` sees. The run's word counts for jobs that are terminal in it; else the gate's; else the run's again. */
export function statusesOf({ segment, runs, tombs }: StoredSegment, gate: Gate | undefined, held: Held): Uint8Array {
  const base = segment.gated ? statusBehind(gate) : QUEUED
  const statuses = new Uint8Array(segment.count).fill(base)
  for (const { run } of runs) addRun(statuses, run, segment.first, base, held)
  for (let offset = 0; tombs !== undefined && offset < tombs.length; offset++) {
    if (tombs[offset] !== 0) statuses[offset] = tombs[offset] as number
  }
  return statuses
}

function addRun(statuses: Uint8Array, run: Run, first: number, base: number, held: Held): void {
  const at = run.first - first
  const custody = run.phase === 'processing' ? held(run.first) : undefined
  for (let offset = 0; offset < run.count; offset++) {
    const code = (run.rows[offset] as number) & STATUS
    if (code >= DONE || base === QUEUED) statuses[at + offset] = code
    if (code === QUEUED && custody?.isStarted(offset)) statuses[at + offset] = PROCESSING
  }
}

function statusBehind(gate: Gate | undefined): number {
  switch (gate?.state) {
    case 'open':
      return QUEUED
    case 'stalled':
      return STALLED
    case 'killed':
      return KILLED
    default:
      // A start that is only delayed waits for nothing but its time.
      return gate?.dependencies.length === 0 ? QUEUED : WAITING
  }
}
