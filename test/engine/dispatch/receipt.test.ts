import { describe, expect, it } from 'vitest'
import { actOn } from '../../../lib/engine/dispatch/receipt.ts'
import { MAX_DELAY_MS } from '../../../lib/engine/ports/queue.ts'
import type { Gate } from '../../../lib/engine/records/gate.ts'
import type { Run } from '../../../lib/engine/records/run.ts'
import type { Segment, StoredSegment } from '../../../lib/engine/records/segment.ts'
import { DONE } from '../../../lib/engine/records/status-code.ts'
import { finished, firstClaim, segmentOf } from '../../contract/sample.ts'

const NOW = 100_000
const times = { acceptance: 60_000, again: 5_000 }
const common = { first: 1, age: 0, gate: undefined, now: NOW, random: 0.5 }

function stored(change: Partial<Segment> = {}, run?: Run, tombs?: Uint8Array): StoredSegment {
  const runs = run === undefined ? [] : [{ run, payloads: [] }]
  return { segment: segmentOf(1, 3, change).segment, kills: undefined, tombs, args: undefined, runs }
}

const processing = firstClaim(1, 3)
const over = finished(processing, [0, 1, 2])
const gate = (state: Gate['state']): Gate => ({ state }) as Gate

describe('a message', () => {
  it.each<[string, Partial<Parameters<typeof actOn>[0]>, ReturnType<typeof actOn>]>([
    ['is kept while its header may still come', { stored: undefined, age: 59_999 }, { act: 'keep', delay: 5_000 }],
    ['goes when that is over', { stored: undefined, age: 60_000 }, { act: 'delete' }],
    ['is claimed for', { stored: stored() }, { act: 'claim' }],
    ['goes when its jobs are terminal', { stored: stored({}, over) }, { act: 'delete' }],
    [
      'goes when they are deleted',
      { stored: stored({}, undefined, Uint8Array.of(DONE, DONE, DONE)) },
      { act: 'delete' },
    ],
    ['stays for those that are not', { stored: stored({}, undefined, Uint8Array.of(DONE, 0, DONE)) }, { act: 'claim' }],
    ['waits a claim out', { stored: stored({}, { ...processing, lease: NOW + 7_000 }) }, { act: 'keep', delay: 7_500 }],
    ['is claimed for when the lease is over', { stored: stored({}, { ...processing, lease: NOW }) }, { act: 'claim' }],
    [
      'waits for the next try',
      { stored: stored({}, { ...processing, phase: 'queued', notBefore: NOW + 3_000 }) },
      { act: 'replace', delay: 3_000 },
    ],
    [
      'waits for the start',
      { stored: stored({ options: { startAt: NOW + 9_000 } }) },
      { act: 'replace', delay: 9_000 },
    ],
    [
      'waits no longer at once than a message can',
      { stored: stored({ options: { startAt: NOW + 2 * MAX_DELAY_MS } }) },
      { act: 'replace', delay: MAX_DELAY_MS },
    ],
    ['is kept while its gate may still come', { stored: stored({ gated: true }) }, { act: 'keep', delay: 5_000 }],
    ['goes when no gate came', { stored: stored({ gated: true }), age: 60_000 }, { act: 'delete' }],
    [
      'goes while the gate waits, which sends again',
      { stored: stored({ gated: true }), gate: gate('waiting') },
      { act: 'delete' },
    ],
    ['goes when the gate stalled', { stored: stored({ gated: true }), gate: gate('stalled') }, { act: 'delete' }],
    ['goes when the gate was killed', { stored: stored({ gated: true }), gate: gate('killed') }, { act: 'delete' }],
    ['is claimed for when the gate is open', { stored: stored({ gated: true }), gate: gate('open') }, { act: 'claim' }],
  ])('%s', (_, receipt, expected) => {
    expect(actOn({ ...common, stored: undefined, ...receipt }, times)).toEqual(expected)
  })
})
