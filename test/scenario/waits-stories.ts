import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { reasonOf } from '../../lib/cli/print/reason.ts'
import defaultCloud, { type Cloud } from '../../lib/index.ts'

/** More than all workers and executors of the tests take at a time. */
const MANY = 60

/** What a job waits for. Told once; nothing here knows which service it is. */
export function tellWaitsStories(open: () => Promise<Cloud> | Cloud): void {
  test('why: a free worker, and how many there are; a job before it; a time', async () => {
    await using cloud = await open()
    const name = `story-${randomBytes(4).toString('hex')}`
    const held = await cloud.map(
      async (file: string) => {
        while (!(await defaultCloud.files.exists(file))) await new Promise(resolve => setTimeout(resolve, 250))
      },
      Array.from({ length: MANY }, () => name),
    )
    const last = held.first + held.count - 1
    const after = await cloud.with({ dependsOn: held }).call(() => 1)
    const later = await cloud.with({ startAfter: '1h' }).call(() => 1)
    const why = async (jid: number) => {
      const { [jid]: info } = await cloud.info(jid, ['status', 'waitsFor'])
      return info?.waitsFor
    }
    try {
      expect(await why(Number(after))).toEqual({ kind: 'dependency', jid: last, total: MANY })
      expect(await why(Number(later))).toEqual({ kind: 'schedule', at: expect.any(Number) })
      const behind = async () => {
        const infos = Object.entries(await cloud.info(held, ['waitsFor']))
        const found = infos.findLast(([, { waitsFor }]) => waitsFor?.kind === 'worker')
        const waits = found?.[1].waitsFor
        if (waits?.kind !== 'worker' || waits.limit === null || waits.limit.busy < waits.limit.max) return undefined
        if (!waits.limit.jids.some(jid => held.first <= jid && jid <= last)) return undefined
        return reasonOf(Number(found?.[0]), { status: 'queued', waitsFor: waits }).text
      }
      const text =
        /^Job \d+ waits for a free (?:worker\. Busy: 2 of 2 workers, with jobs \d+ and \d+\. |executor\. The stack runs at most 4 at a time, and they have about \d+ messages; found to run: jobs? \d)/
      await expect.poll(behind, { timeout: 60_000, interval: 200 }).toMatch(text)
    } finally {
      await cloud.files.putf('', name)
      await cloud.kill(later)
      await cloud.join([...held, after])
      await cloud.files.delete(name)
    }
  }, 180_000)
}
