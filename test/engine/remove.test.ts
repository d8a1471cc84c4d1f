import { describe, expect, it } from 'vitest'
import { decodeFailure } from '../../lib/protocol/failure.ts'
import { endsSection, pack, unpack } from '../../lib/protocol/packed.ts'
import { encodeBlobReference } from '../../lib/protocol/payload.ts'
import { bytes, done, endless, harness, owner, reference } from './harness.ts'

describe('delete', () => {
  it('forgets finished jobs, but not that they were', async () => {
    const { submit, results, engine, ports } = await harness()
    const first = await submit(5)
    await results(first, 5)
    await engine.delete({ ranges: [[first + 1, 2]] })
    await engine.delete({ ranges: [[first + 1, 2]] })
    await expect(engine.status({ ranges: [[first, 5]] })).rejects.toMatchObject({ code: 'deleted-job', jid: first + 1 })
    await expect(engine.info({ ranges: [[first + 2, 1]], keys: ['status'] })).rejects.toMatchObject({
      code: 'deleted-job',
    })
    const { answer, payloads } = await engine.wait({ ranges: [[first, 5]], results: true, wait: 0 })
    expect(answer.finished).toEqual([{ first, statuses: ['done', 'error', 'error', 'done', 'done'] }])
    expect(decodeFailure(unpack(payloads, 1))).toMatchObject({ code: 'deleted-job' })
    expect(unpack(payloads, 3)).toEqual(bytes('\x01ok'))
    await engine.delete({ ranges: [[first, 5]] })
    const [stored] = await ports.store.read({ ranges: [[first, 5]], payloads: true, args: true })
    expect([stored?.args, stored?.runs]).toEqual([undefined, []])
  })

  it('refuses unfinished and unknown jobs by name, and deletes nothing then', async () => {
    const { submit, results, engine, statuses } = await harness(jid => (jid === 3 ? endless() : done()))
    const first = await submit(5)
    await results(first, 2)
    await expect(engine.delete({ ranges: [[1, 5]] })).rejects.toMatchObject({ code: 'not-finished', jid: 3 })
    await expect(
      engine.delete({
        ranges: [
          [1, 2],
          [4, 3],
        ],
      }),
    ).rejects.toMatchObject({ code: 'unknown-job', jid: 6 })
    expect(await statuses(1, 2)).toEqual(['done', 'done'])
  })

  it('takes large results and arguments along', async () => {
    const large = encodeBlobReference({ key: 'jobs/1/1-1/result', size: 3 })
    const { submit, results, engine, ports } = await harness(() => ({ status: 'done', payload: large }))
    await submit(1)
    await ports.blobs.put({ key: 'jobs/1/1-1/result', parts: [bytes('abc')] })
    await results(1, 1)
    expect(await engine.getBlob('jobs/1/1-1/result')).toEqual(bytes('abc'))
    await engine.delete({ ranges: [[1, 1]] })
    expect(await engine.getBlob('jobs/1/1-1/result')).toBeUndefined()
  })
})

describe('large arguments', () => {
  it('are uploaded under a key of their own, and go when their job is terminal', async () => {
    const { engine, results, ports } = await harness(jid => (jid === 1 ? done() : endless()))
    const { first } = await engine.lease({ count: 2 })
    const keys: string[] = []
    for (let nth = 0; nth < 2; nth++) {
      const { key, url } = await engine.upload({ size: 5 })
      expect(url).toBe(`/v1/blobs/${key}`)
      await engine.putBlob(key, [bytes('large')])
      keys.push(key)
    }
    expect(new Set(keys).size).toBe(2)
    const args = pack(keys.map(key => encodeBlobReference({ key, size: 5 })))
    const segment = { first, count: 2, args: [0, 1] as [number, number] }
    const header = { submissions: [{ id: first, function: reference, options: {}, segments: [segment] }] }
    await engine.submit(header, [endsSection(args), args.bytes], owner)
    await results(first, 1)
    expect(await engine.getBlob(keys[1] ?? '')).toEqual(bytes('large'))
    await engine.kill({ ranges: [[first + 1, 1]] }, owner)
    await results(first + 1, 1)
    await new Promise(resolve => setImmediate(resolve))
    expect([await engine.getBlob(keys[0] ?? ''), await engine.getBlob(keys[1] ?? '')]).toEqual([undefined, undefined])
    expect(await ports.blobs.size({ key: keys[0] ?? '' })).toBeUndefined()
  })

  it.each(['bundles/x', 'uploads/short', 'jobs/1/output', '../etc', 'jobs/1/1-1/result/more'])(
    'are not “%s”',
    async key => {
      const { engine } = await harness()
      await expect(engine.getBlob(key)).rejects.toMatchObject({ code: 'invalid-request' })
      await expect(engine.putBlob(key, [])).rejects.toMatchObject({ code: 'invalid-request' })
    },
  )

  it('are not put where results lie', async () => {
    const { engine } = await harness()
    await expect(engine.putBlob('jobs/1/1-1/result', [])).rejects.toMatchObject({ code: 'invalid-request' })
  })
})
