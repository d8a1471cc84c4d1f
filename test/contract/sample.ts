import type { NewSegment } from '../../lib/engine/ports/job-store.ts'
import { freshRun, type Run } from '../../lib/engine/records/run.ts'
import type { Part, Segment } from '../../lib/engine/records/segment.ts'
import { DONE } from '../../lib/engine/records/status-code.ts'
import { transition } from '../../lib/engine/records/transition.ts'
import { pack } from '../../lib/protocol/packed.ts'

/** Records to put, with what a test does not care about filled in. */
export function segmentOf(first: number, count: number, change: Partial<Segment> = {}): NewSegment {
  const reference = { bundle: 'b', code: 'c', name: 'f', node: 24 }
  const segment: Segment = {
    first,
    count,
    submission: first,
    function: reference,
    options: {},
    chunkSize: 100,
    created: 1,
    gated: false,
    parent: undefined,
    depth: 0,
    uploads: false,
    ...change,
  }
  return { segment, args: pack(Array.from({ length: count }, (_, offset) => Uint8Array.of(1, offset, 7))) }
}

export function claimed(run: Run, now = 1_000): Run {
  const event = { type: 'claim', lease: now + 60_000, restartable: true, maxLosses: 3, kills: undefined } as const
  return must(transition(run, { ...event, at: 0, starts: false }, now))
}

export function firstClaim(first: number, count: number, submission = first): Run {
  return claimed(freshRun({ first, count, submission }))
}

export function finished(run: Run, offsets: readonly number[], status: 3 | 4 | 5 = DONE): Run {
  const ended = offsets.map(offset => ({ offset, status, flags: 0, usage: undefined }))
  return must(transition(run, { type: 'finish', attempt: run.attempt, started: [], ended }, 2_000))
}

export function partOf(offsets: readonly number[], fill = 1): Part {
  const packed = pack(offsets.map(offset => Uint8Array.of(fill, offset)))
  return { offsets: Uint8Array.from(offsets), packed }
}

function must(run: Run | string): Run {
  if (typeof run === 'string') throw new Error(`refused: ${run}`)
  return run
}
