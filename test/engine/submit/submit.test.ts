import { describe, expect, it } from 'vitest'
import { createEngine } from '../../../lib/engine/engine.ts'
import { MAX_INLINE_BYTES, MAX_JOB_DEPTH, MAX_REQUEST_JOBS } from '../../../lib/protocol/limits.ts'
import { endsSection, pack } from '../../../lib/protocol/packed.ts'
import type { SubmitHeader } from '../../../lib/protocol/routes.ts'
import { bundleHash, bytes, done, harness, owner, reference, requestOf } from '../harness.ts'

describe('submit', () => {
  it('runs each job once, with its arguments, and keeps its result', async () => {
    const { submit, results, ran } = await harness((_, args) => done(`ran ${args}`))
    const first = await submit(250)
    const all = await results(first, 250)
    expect(all).toEqual(all.map((_, nth) => ['done', `\x01ran ${first + nth}`]))
    expect(ran.toSorted((a, b) => a - b)).toEqual(all.map((_, nth) => first + nth))
  })

  it('changes nothing when the same request comes again, before or after the jobs ran', async () => {
    const { engine, results, ran, ports } = await harness()
    const { first } = await engine.lease({ count: 100 })
    const request = requestOf(first, first, 20)
    await Promise.all([1, 2, 3].map(() => engine.submit(...request, owner)))
    await results(first, 20)
    await engine.submit(...request, owner)
    await results(first, 20)
    expect(ran).toHaveLength(20)
    const [row] = await ports.store.getSubmissions({ ids: [first] })
    expect(row?.ranges).toEqual([[first, 20]])
  })

  it('refuses ids that are another submission’s', async () => {
    const { engine, submit } = await harness()
    const first = await submit(20)
    const other = requestOf(first, first, 10)
    await expect(engine.submit(...other, owner)).rejects.toMatchObject({ code: 'conflict', jid: first })
    const inside = requestOf(first + 5, first + 5, 10)
    await expect(engine.submit(...inside, owner)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('refuses ids that nobody was handed out', async () => {
    const { engine } = await harness()
    await engine.lease({ count: 100 })
    await expect(engine.submit(...requestOf(91, 91, 11), owner)).rejects.toMatchObject({ code: 'invalid-request' })
    expect(await engine.submit(...requestOf(91, 91, 10), owner)).toEqual({})
  })

  it('names the bundles that it lacks, and accepts nothing until they are there', async () => {
    const { engine, results } = await harness()
    const { first } = await engine.lease({ count: 1 })
    const module = 'a'.repeat(64)
    const [header, sections] = requestOf(first, first, 1)
    const submissions = header.submissions.map(one => ({ ...one, function: { ...reference, modules: [module] } }))
    expect(await engine.submit({ submissions }, sections, owner)).toEqual({ missing: [module] })
    await expect(engine.status({ ranges: [[first, 1]] })).rejects.toMatchObject({ code: 'unknown-job', jid: first })
    expect(await engine.submit(header, sections, owner)).toEqual({})
    expect(await results(first, 1)).toHaveLength(1)
  })

  it('has a large bundle put by its client itself, where the store has a place for it', async () => {
    const { engine, ports } = await harness()
    const hash = 'a'.repeat(64)
    expect(await engine.uploadBundle(hash, { size: 5 })).toEqual({ url: `/v1/functions/${hash}` })
    const asked: unknown[] = []
    const blobs = {
      ...ports.blobs,
      async uploadPlace(params: unknown) {
        asked.push(params)
        return { url: 'https://place', headers: { name: 'value' } }
      },
    }
    const other = createEngine({ ...ports, blobs })
    expect(await other.uploadBundle(hash, { size: 5 })).toEqual({ url: 'https://place', headers: { name: 'value' } })
    expect(asked).toEqual([{ key: `bundles/${hash}`, size: 5, sha256: hash }])
  })

  it('takes bundles that ride along, if they are what their hash says', async () => {
    const { engine, ports } = await harness()
    const { first } = await engine.lease({ count: 1 })
    const [header, sections] = requestOf(first, first, 1)
    const content = bytes('rides along')
    const hash = ports.digest(content)
    const with_ = (claimed: string): SubmitHeader => ({
      submissions: header.submissions.map(one => ({ ...one, function: { ...reference, bundle: claimed } })),
      bundles: [{ hash: claimed, section: 2 }],
    })
    const wrong = engine.submit(with_('b'.repeat(64)), [...sections, content], owner)
    await expect(wrong).rejects.toMatchObject({ code: 'invalid-request' })
    expect(await engine.submit(with_(hash), [...sections, content], owner)).toEqual({})
    expect(await engine.getBundle(hash)).toEqual(content)
    expect([await engine.hasBundle(hash), await engine.hasBundle('b'.repeat(64))]).toEqual([true, false])
    await expect(engine.putBundle(bundleHash, content)).resolves.toBeUndefined()
  })

  it('cuts segments that leave their block', async () => {
    const { engine, results, ports } = await harness()
    await engine.lease({ count: 300 })
    await engine.submit(...requestOf(51, 51, 220), owner)
    expect(await results(51, 220)).toHaveLength(220)
    const stored = await ports.store.read({ ranges: [[1, 300]] })
    expect(stored.map(({ segment }) => [segment.first, segment.count])).toEqual([
      [51, 50],
      [101, 50],
      [151, 50],
      [201, 50],
      [251, 20],
    ])
  })

  it.each<[string, (header: SubmitHeader, sections: Uint8Array[]) => void, string]>([
    ['a section that is not there', (_, sections) => sections.pop(), 'invalid-request'],
    ['arguments of fewer jobs', ({ submissions: [one] }) => one!.segments[0]!.count++, 'invalid-request'],
    [
      'segments out of order',
      ({ submissions: [one] }) => one!.segments.push({ ...one!.segments[0]! }),
      'invalid-request',
    ],
    ['an index that is none', (_, sections) => sections.splice(0, 1, Uint8Array.of(9, 0, 0, 0)), 'decode'],
  ])('refuses %s', async (_, spoil, code) => {
    const { engine } = await harness()
    const { first } = await engine.lease({ count: 10 })
    const [header, sections] = requestOf(first, first, 1)
    spoil(header, sections)
    await expect(engine.submit(header, sections, owner)).rejects.toMatchObject({ code })
  })

  it('takes arguments up to the limit, and one byte more only by upload', async () => {
    const { engine } = await harness()
    const { first } = await engine.lease({ count: 10 })
    for (const [size, code] of [
      [MAX_INLINE_BYTES, undefined],
      [MAX_INLINE_BYTES + 1, 'too-large'],
    ] as const) {
      const [header] = requestOf(first, first, 1)
      const args = pack([new Uint8Array(size)])
      const answer = engine.submit(header, [endsSection(args), args.bytes], owner)
      if (code === undefined) expect(await answer).toEqual({})
      else await expect(answer).rejects.toMatchObject({ code })
    }
  })

  it('takes as many jobs as a request may carry, and no more', async () => {
    const { engine } = await harness(undefined, { start: false })
    await engine.lease({ count: 2 * MAX_REQUEST_JOBS })
    await expect(engine.submit(...requestOf(1, 1, MAX_REQUEST_JOBS + 1), owner)).rejects.toMatchObject({
      code: 'too-large',
    })
    expect(await engine.submit(...requestOf(1, 1, MAX_REQUEST_JOBS), owner)).toEqual({})
  })

  it('lets jobs start jobs down to the last level, and records who did', async () => {
    const { engine, submit } = await harness()
    const at = (depth: number) => ({ kind: 'job', jid: 1, attempt: 1, depth }) as const
    await submit(1)
    const child = await submit(1, {}, at(MAX_JOB_DEPTH - 1))
    await expect(submit(1, {}, at(MAX_JOB_DEPTH))).rejects.toMatchObject({ code: 'deadlock' })
    const { jobs } = await engine.info({ ranges: [[child, 1]], keys: ['parent'] })
    expect(jobs).toEqual([{ jid: child, parent: 1 }])
  })

  it('takes a map in parts, until the last one, or until an hour passed', async () => {
    const { engine, results, ports } = await harness()
    await engine.lease({ count: 1_000 })
    await engine.submit(...requestOf(1, 1, 50, {}, true), owner)
    await engine.submit(...requestOf(1, 101, 50, {}, true), owner)
    await engine.submit(...requestOf(1, 101, 50, {}, true), owner)
    await engine.submit(...requestOf(1, 301, 50), owner)
    expect(await results(301, 50)).toHaveLength(50)
    const [row] = await ports.store.getSubmissions({ ids: [1] })
    expect(row).toMatchObject({
      open: false,
      ranges: [
        [1, 50],
        [101, 50],
        [301, 50],
      ],
    })
    await expect(engine.submit(...requestOf(1, 401, 50), owner)).rejects.toMatchObject({ code: 'conflict' })
    expect(await engine.submit(...requestOf(1, 301, 50), owner)).toEqual({})
    await expect(engine.submit(...requestOf(601, 701, 50), owner)).rejects.toMatchObject({ code: 'unknown-job' })
  })

  it('seals a map that was left open', async () => {
    const { engine } = await harness(undefined, { seal: -1 })
    await engine.lease({ count: 1_000 })
    await engine.submit(...requestOf(1, 1, 50, {}, true), owner)
    await expect(engine.submit(...requestOf(1, 101, 50), owner)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('gives each job that may not run twice a run of its own', async () => {
    const { submit, results, launcher } = await harness()
    await results(await submit(10, { restartable: false, chunkSize: 5 }), 10)
    expect(launcher.launched).toBe(10)
    await results(await submit(10, { chunkSize: 5 }), 10)
    expect(launcher.launched).toBe(12)
    await results(await submit(10), 10)
    expect(launcher.launched).toBe(13)
  })

  it('starts a delayed job when it is due', async () => {
    const { submit, results, statuses } = await harness()
    const startAt = Date.now() + 40
    const first = await submit(2, { startAt })
    expect(await statuses(first, 2)).toEqual(['queued', 'queued'])
    await results(first, 2)
    expect(Date.now()).toBeGreaterThanOrEqual(startAt)
  })

  it('tries again as often as asked, while another try may cure it', async () => {
    const tries: number[] = []
    const { submit, results, engine } = await harness((jid, _args, work, offset) => {
      const job = work.jobs.find(one => one.offset === offset)
      tries.push(job?.tries ?? 0)
      return (job?.tries ?? 0) < 2 ? { status: 'error', code: 'exception', payload: bytes('{}') } : done(`${jid}`)
    })
    const first = await submit(1, { retries: 1 })
    expect(await results(first, 1)).toEqual([['done', `\x01${first}`]])
    expect(tries).toEqual([1, 2])
    const { jobs } = await engine.info({ ranges: [[first, 1]], keys: ['attempts'] })
    expect(jobs).toEqual([{ jid: first, attempts: 2 }])
  })
})
