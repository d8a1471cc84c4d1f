import { describe, expect, it, vi } from 'vitest'
import { createEngine } from '../../../lib/engine/engine.ts'
import { KILLED } from '../../../lib/engine/records/status-code.ts'
import { done, endless, harness, owner, requestOf } from '../harness.ts'

/** A lease so short that it is over before anything can be renewed: as after a pause of the whole process. */
const short = { lease: 20, renewal: 1e9, again: 10 }

describe('custody', () => {
  it('a process that stood still does not run its own jobs again', async () => {
    const { submit, engine, ran, statuses, results } = await harness(endless, short)
    const first = await submit(3, { chunkSize: 1 })
    await submit(1, { restartable: false })
    await engine.wait({ ranges: [[first, 3]], results: false, wait: 150 })
    expect(ran).toHaveLength(4)
    expect(await statuses(first, 3)).toEqual(['processing', 'processing', 'processing'])
    await engine.kill({}, owner)
    expect((await results(first, 3)).map(([status]) => status)).toEqual(['killed', 'killed', 'killed'])
  })

  it('jobs of a machine that died run again elsewhere, or are lost where they may not', async () => {
    const dead = await harness(endless, short)
    const again = await dead.submit(2)
    const once = await dead.submit(2, { restartable: false })
    while (dead.ran.length < 4) await dead.engine.wait({ ranges: [[again, 2]], results: false, wait: 5 })
    await dead.engine.close()
    const alive = await harness()
    const engine = createEngine({ ...alive.ports, store: dead.ports.store, jobs: dead.ports.jobs }, { again: 10 })
    engine.start()
    const found: Record<number, string> = {}
    while (Object.keys(found).length < 4) {
      const left = [again, again + 1, once, once + 1].filter(jid => found[jid] === undefined)
      const ranges = left.map((jid): [number, number] => [jid, 1])
      const { answer } = await engine.wait({ ranges, results: false, wait: 5_000 })
      for (const one of answer.finished)
        for (const [nth, status] of one.statuses.entries()) found[one.first + nth] = status
    }
    expect(Object.values(found)).toEqual(['done', 'done', 'error', 'error'])
    const { jobs } = await engine.info({ ranges: [[once, 1]], keys: ['exception', 'attempts'] })
    expect(jobs[0]?.exception).toMatchObject({ code: 'lost' })
    await engine.close()
  })

  it('a store that fails now and then loses no result and runs nothing twice', async () => {
    const { engine, ports, results, ran, errors } = await harness()
    const { putRuns } = ports.store
    let calls = 0
    Object.assign(ports.store, {
      putRuns: async (params: Parameters<typeof putRuns>[0]) => {
        calls++
        // Of the writes that finish: the first is refused, the second is kept and not answered.
        if (calls === 2) throw new Error('refused')
        const kept = await putRuns(params)
        if (calls === 3) throw new Error('no answer')
        return kept
      },
    })
    const { first } = await engine.lease({ count: 10 })
    await engine.submit(...requestOf(first, first, 10), owner)
    expect((await results(first, 10)).map(([status]) => status)).toEqual(Array(10).fill('done'))
    expect(ran).toHaveLength(10)
    expect(errors.length).toBeGreaterThan(0)
  })

  it('a message whose header never comes goes, and disturbs nobody', async () => {
    const { ports, submit, results } = await harness(() => done(), { rereads: [1, 1], again: 5, acceptance: 20 })
    await ports.jobs.send({ bodies: [{ first: 9_001, weight: 1 }] })
    expect(await results(await submit(3), 3)).toHaveLength(3)
  })

  it('a job that is deleted under its running attempt is let go, and its message with it', async () => {
    const fast = { lease: 60, renewal: 10, look: 10, again: 5, acceptance: 20, rereads: [1] }
    const { engine, ports, submit, results, launcher, ran } = await harness(
      jid => (jid === 1 ? undefined : done()),
      fast,
    )
    const removed = vi.spyOn(ports.jobs, 'delete')
    expect(await submit(1)).toBe(1)
    await expect.poll(() => ran).toEqual([1])
    await ports.store.bury({ tombs: [{ segment: 1, statuses: Uint8Array.of(KILLED) }] })
    await expect.poll(() => launcher.wanted).toBe(200)
    expect((await results(await submit(3), 3)).map(([status]) => status)).toEqual(['done', 'done', 'done'])
    // Its message comes again when its lease would have ended, finds a tombstone, and goes.
    await expect.poll(() => removed.mock.calls.flatMap(([{ receipts }]) => receipts)).toHaveLength(2)
    await engine.close()
    // Longer than anything was hidden: what were still there would come again.
    expect(await ports.jobs.receive({ max: 10, weight: 10, visibility: 1, wait: 3 * fast.lease })).toEqual([])
    expect(ran.filter(jid => jid === 1)).toEqual([1])
    await expect(engine.status({ ranges: [[1, 1]] })).rejects.toMatchObject({ code: 'deleted-job', jid: 1 })
  })
})
