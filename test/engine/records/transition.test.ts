import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { freshRun, isFinishedAt, type Run, statusAt, usageAt } from '../../../lib/engine/records/run.ts'
import { DONE, ERROR, KILLED, PROCESSING, QUEUED } from '../../../lib/engine/records/status-code.ts'
import { type Claim, type Ended, type Event, transition } from '../../../lib/engine/records/transition.ts'

const LEASE = 60_000
const claim: Claim = {
  type: 'claim',
  lease: LEASE,
  restartable: true,
  maxLosses: 2,
  kills: undefined,
  at: 0,
  starts: false,
}
const fresh = (count = 3): Run => freshRun({ first: 1, count, submission: 1 })
const end = (offset: number, status: Ended['status'] = DONE): Ended => ({ offset, status, flags: 0, usage: undefined })

function through(run: Run, ...events: readonly (readonly [now: number, event: Event])[]): Run {
  return events.reduce((last, [now, event]) => {
    const next = transition(last, event, now)
    if (typeof next === 'string') throw new Error(`refused: ${next}`)
    return next
  }, run)
}

const statuses = (run: Run): number[] => Array.from({ length: run.count }, (_, offset) => statusAt(run, offset))

describe('the life of a run', () => {
  const held = through(fresh(), [10, claim])
  const finishAll: Event = { type: 'finish', attempt: 1, started: [], ended: [0, 1, 2].map(offset => end(offset)) }

  it.each<[string, Run, Event, number, unknown]>([
    [
      'a fresh chunk is claimed',
      fresh(),
      claim,
      10,
      { phase: 'processing', attempt: 1, lease: LEASE, version: 1, losses: 0 },
    ],
    ['a claim holds until its lease is over', held, claim, LEASE - 1, 'held'],
    [
      'then another takes over, and counts a loss',
      held,
      { ...claim, lease: 2 * LEASE },
      LEASE,
      { attempt: 2, losses: 1 },
    ],
    [
      'one that may not run again is lost',
      held,
      { ...claim, restartable: false },
      LEASE,
      { phase: 'finished', attempt: 2 },
    ],
    ['a lease is renewed', held, { type: 'renew', attempt: 1, started: [1], lease: 99_000 }, 20, { lease: 99_000 }],
    ['by its own attempt only', held, { type: 'renew', attempt: 2, started: [], lease: 99_000 }, 20, 'fenced'],
    ['the last job finishes it', held, finishAll, 30, { phase: 'finished', unfinished: 0, lease: 0 }],
    ['a part does not', held, { ...finishAll, ended: [end(1)] }, 30, { phase: 'processing', unfinished: 2 }],
    ['a fenced attempt finishes nothing', held, { ...finishAll, attempt: 0 }, 30, 'fenced'],
    ['what nobody holds can’t be finished', fresh(), { ...finishAll, attempt: 0 }, 30, 'fenced'],
    [
      'it is given back',
      held,
      { type: 'release', attempt: 1, notBefore: 500 },
      30,
      { phase: 'queued', notBefore: 500 },
    ],
    [
      'a queued chunk is killed',
      fresh(),
      { type: 'kill', offsets: [0, 1, 2] },
      5,
      { phase: 'finished', unfinished: 0 },
    ],
    ['or a part of it', fresh(), { type: 'kill', offsets: [1] }, 5, { phase: 'queued', unfinished: 2 }],
    ['a held one only by its holder', held, { type: 'kill', offsets: [1] }, 5, 'held'],
  ])('%s', (_, run, event, now, expected) => {
    const next = transition(run, event, now)
    if (typeof expected === 'string') expect(next).toBe(expected)
    else expect(next).toMatchObject(expected as object)
  })

  it('gives up after too many lost machines', () => {
    const twice = through(held, [LEASE, { ...claim, lease: 2 * LEASE }], [2 * LEASE, { ...claim, lease: 3 * LEASE }])
    expect(twice).toMatchObject({ losses: 2, phase: 'processing' })
    const lost = through(twice, [3 * LEASE, claim])
    expect(lost).toMatchObject({ losses: 3, phase: 'finished' })
    expect(statuses(lost)).toEqual([ERROR, ERROR, ERROR])
  })

  it('starts again only what was not finished', () => {
    const half = through(held, [20, { type: 'finish', attempt: 1, started: [0, 1], ended: [end(0)] }])
    expect(statuses(half)).toEqual([DONE, PROCESSING, QUEUED])
    expect(statuses(through(half, [LEASE, claim]))).toEqual([DONE, QUEUED, QUEUED])
    expect(statuses(through(half, [LEASE, { ...claim, restartable: false }]))).toEqual([DONE, ERROR, ERROR])
  })

  it('obeys kill marks when it claims, wherever the chunk lies in its segment', () => {
    const kills = Uint8Array.of(0, 0, 0, 0, 1, 2, 0)
    expect(statuses(through(fresh(), [10, { ...claim, kills, at: 3 }]))).toEqual([QUEUED, KILLED, KILLED])
    expect(through(fresh(2), [10, { ...claim, kills, at: 4 }])).toMatchObject({ phase: 'finished', attempt: 1 })
  })

  it('counts jobs as started at the claim where each claim has its own machine', () => {
    expect(statuses(through(fresh(), [10, { ...claim, starts: true }]))).toEqual([PROCESSING, PROCESSING, PROCESSING])
  })

  it('takes a job that was given back no sooner than its time', () => {
    const back = through(held, [30, { type: 'release', attempt: 1, notBefore: 500 }])
    expect(transition(back, claim, 499)).toBe('early')
    expect(transition(back, claim, 500)).toMatchObject({ attempt: 2, losses: 0 })
  })

  it('keeps what a job used, to seven digits', () => {
    const usage = {
      started: 1_700_000_000_123,
      finished: 1_700_000_000_456.5,
      cpuUser: 1.5e6,
      cpuSystem: 1234,
      memory: 2 ** 31,
    }
    const run = through(
      fresh(),
      [1_700_000_000_000, claim],
      [1_700_000_000_500, { type: 'finish', attempt: 1, started: [], ended: [{ ...end(2), usage }] }],
    )
    expect(usageAt(run, 2)).toEqual(usage)
    expect(usageAt(run, 1)).toBeUndefined()
  })
})

const events: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    type: fc.constant('claim' as const),
    lease: fc.integer({ min: 1, max: 200 }),
    restartable: fc.boolean(),
    maxLosses: fc.integer({ min: 0, max: 3 }),
    kills: fc.option(fc.uint8Array({ minLength: 5, maxLength: 5, max: 2 }), { nil: undefined }),
    at: fc.constant(0),
    starts: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('renew' as const),
    attempt: fc.integer({ min: 0, max: 4 }),
    started: fc.array(fc.integer({ min: 0, max: 4 })),
    lease: fc.integer({ min: 1, max: 200 }),
  }),
  fc.record({
    type: fc.constant('finish' as const),
    attempt: fc.integer({ min: 0, max: 4 }),
    started: fc.array(fc.integer({ min: 0, max: 4 })),
    ended: fc.array(
      fc.record({
        offset: fc.integer({ min: 0, max: 6 }),
        status: fc.constantFrom(DONE, ERROR, KILLED, QUEUED),
        flags: fc.constantFrom(0, 8, 16, 24),
        usage: fc.constant(undefined),
      }),
    ),
  }),
  fc.record({
    type: fc.constant('release' as const),
    attempt: fc.integer({ min: 0, max: 4 }),
    notBefore: fc.integer({ min: 0, max: 200 }),
  }),
  fc.record({ type: fc.constant('kill' as const), offsets: fc.array(fc.integer({ min: 0, max: 6 })) }),
)

/** What must hold between a run and the next, whatever the event. */
function check(before: Run, event: Event, next: Run): void {
  expect(next.version).toBe(before.version + 1)
  expect(next.attempt - before.attempt).toBe(event.type === 'claim' ? 1 : 0)
  expect(next.losses).toBeGreaterThanOrEqual(before.losses)
  let unfinished = 0
  for (let offset = 0; offset < next.count; offset++) {
    if (isFinishedAt(before, offset)) expect(statusAt(next, offset)).toBe(statusAt(before, offset))
    if (!isFinishedAt(next, offset)) unfinished++
  }
  expect(next.unfinished).toBe(unfinished)
  expect(next.phase === 'finished').toBe(unfinished === 0)
  expect(next.lease > 0).toBe(next.phase === 'processing')
  if (next.phase === 'queued') expect(statuses(next).includes(PROCESSING)).toBe(false)
}

describe('whatever happens to a run', () => {
  it('terminal jobs stay as they are, one attempt writes at a time, nothing is changed in place', () => {
    const timed = fc.tuple(fc.integer({ min: 0, max: 60 }), events)
    fc.assert(
      fc.property(fc.array(timed, { maxLength: 40 }), steps => {
        let run = fresh(5)
        let now = 1
        for (const [pause, event] of steps) {
          now += pause
          const copy = { ...run, rows: run.rows.slice() }
          const next = transition(run, event, now)
          expect(run).toEqual(copy)
          if (typeof next === 'string') continue
          if (event.type === 'claim') expect(run.phase === 'processing' && run.lease > now).toBe(false)
          else if (event.type === 'kill') expect(run.phase).toBe('queued')
          else expect([run.phase, run.attempt]).toEqual(['processing', event.attempt])
          check(run, event, next)
          run = next
        }
      }),
    )
  })

  it('nothing follows once all are terminal', () => {
    fc.assert(
      fc.property(events, fc.nat(1_000), (event, now) => {
        const over = through(fresh(2), [1, { type: 'kill', offsets: [0, 1] }])
        expect(typeof transition(over, event, now)).toBe('string')
      }),
    )
  })
})
