import { describe, expect, test } from 'vitest'
import { busyElsewhere, LOOKED_BLOCKS, near } from '../../../lib/engine/query/busy-elsewhere.ts'
import { BLOCK } from '../../../lib/engine/records/segment.ts'
import type { SubmissionRow } from '../../../lib/engine/records/submission.ts'
import type { Range } from '../../../lib/protocol/job.ts'
import { done, endless, harness } from '../harness.ts'

const most = 20

/** Some jobs run, and the last that was submitted asks who does. */
async function running(count: number, ends = (_: number): boolean => false) {
  const { submit, ports, ran, statuses } = await harness(jid => (ends(jid) ? done() : endless()))
  const first = await submit(count, { chunkSize: 1 })
  const high = await submit(2, { highCpu: true, chunkSize: 1 })
  await expect.poll(() => ran.length).toBe(count + 2)
  const last = await submit(1, { startAt: Date.now() + 3_600_000 })
  const [stored] = await ports.store.read({ ranges: [[last, 1]] })
  if (stored === undefined) throw new Error('The job that was submitted is not there.')
  const ask = (params: { highCpu?: boolean; most?: number; now?: number } = {}) => {
    const { highCpu = false, now = Date.now() } = params
    const clock = { ...ports.clock, now: () => now }
    return busyElsewhere(
      { store: ports.store, clock },
      { jid: last, segment: stored.segment, highCpu, most, ...params },
    )
  }
  return { ask, first, high, statuses }
}

describe('who is busy, by the records alone', () => {
  test('jobs of the same class, by jid', async () => {
    const { ask, first, high } = await running(3)
    expect(await ask()).toEqual([first, first + 1, first + 2])
    expect(await ask({ highCpu: true })).toEqual([high, high + 1])
    expect(await ask({ most: 2 })).toEqual([first, first + 1])
  })

  test('not one that ended, nor one whose machine is silent for longer than its lease', async () => {
    const { ask, first, statuses } = await running(3, jid => jid % 2 === 0)
    await expect.poll(() => statuses(first, 3)).toContain('done')
    const busy = (await statuses(first, 3)).flatMap((status, nth) => (status === 'done' ? [] : [first + nth]))
    await expect.poll(() => ask()).toEqual(busy)
    expect(await ask({ now: Date.now() + 3_600_000 })).toEqual([])
  })
})

describe('where to look', () => {
  const row = (id: number, ranges: readonly Range[]): SubmissionRow => ({
    id,
    ranges,
    open: false,
    gated: false,
    label: undefined,
    name: 'f',
    created: 1,
    touched: 1,
    parent: undefined,
    depth: 0,
    version: 1,
  })
  const blocks = (...all: readonly number[]): Range[] => all.map(block => [block * BLOCK + 1, BLOCK])

  test.each<[string, readonly SubmissionRow[], number, Range[]]>([
    ['jobs that share a block are one look', [row(9, [[9, 1]]), row(3, [[3, 2]])], 9, blocks(0)],
    ['of the job’s own map nothing behind it', [row(1, [[1, 1_000]])], 150, blocks(0, 1)],
    ['of a large map the two ends', [row(1, [[1, 100_000]])], 50_000, blocks(0, 1, 2, 3, 496, 497, 498, 499)],
    [
      'of one in parts too',
      [
        row(1, [
          [901, 100],
          [1, 100],
        ]),
      ],
      950,
      blocks(0, 9),
    ],
    ['of what came before it all', [row(901, [[901, 1]]), row(1, [[1, 300]])], 901, blocks(0, 1, 2, 9)],
    ['nothing', [], 5, []],
  ])('%s', (_, rows, jid, ranges) => {
    expect(near(rows, jid, rows[0]?.id ?? 0)).toEqual(ranges)
  })

  test.each([LOOKED_BLOCKS, LOOKED_BLOCKS + 1])('of %i submissions with a block each no more than may be', count => {
    const rows = Array.from({ length: count }, (_, nth) => row((count - nth) * BLOCK, [[(count - nth) * BLOCK, 1]]))
    const found = near(rows, count * BLOCK, count * BLOCK)
    expect(found).toHaveLength(LOOKED_BLOCKS)
    expect(found.at(-1)).toEqual([(count - 1) * BLOCK + 1, BLOCK])
  })
})
