import { describe, expect, test } from 'vitest'
import { CloudException } from '../../../lib/protocol/errors.ts'
import { fakeCloud } from '../fake-cloud.ts'
import { FakeEngine, open } from '../fake-engine.ts'

const job = (x: number): number => x

describe('info', () => {
  test('gives what was asked for, by jid', async () => {
    const engine = new FakeEngine()
    const cloud = fakeCloud(engine)
    const jid = Number(await cloud.call(job, 1))
    const exception = { code: 'oom', message: 'it ate too much' } as const
    engine.facts.set(jid, { stdout: 'hello', stderr: '', exception, runtime: 2, status: 'error', memory: 7 })
    expect(await cloud.info(jid, 'stdout')).toEqual({ [jid]: { stdout: 'hello' } })
    expect(await cloud.info([jid], ['memory', 'runtime'])).toEqual({ [jid]: { memory: 7, runtime: 2 } })
    const all = await cloud.info(jid)
    expect(Object.keys(all[jid] ?? {})).toEqual(['stdout', 'stderr', 'exception', 'runtime', 'status'])
    expect(all[jid]?.exception).toBeInstanceOf(CloudException)
    expect(all[jid]?.exception).toMatchObject({ code: 'oom', jid, status: 'error' })
  })

  test.each(['stdin', ['stdout', 'x'], 7, {}])('the key %j is a TypeError', async keys => {
    await expect(fakeCloud(new FakeEngine()).info(1, keys as never)).rejects.toThrow(TypeError)
  })
})

describe('kill', () => {
  test('takes jids in any shape; none means all, an empty list nothing', async () => {
    const engine = new FakeEngine()
    const cloud = fakeCloud(engine)
    const jids = await cloud.map(job, [1, 2, 3])
    await cloud.kill([])
    expect(engine.killed).toEqual([])
    await cloud.kill([jids.at(0) as never, jids.at(2) as never])
    expect(await cloud.status(jids)).toEqual(['killed', 'queued', 'killed'])
    await cloud.kill()
    expect(engine.killed.at(-1)).toBeUndefined()
    expect(await cloud.status(jids)).toEqual(['killed', 'killed', 'killed'])
  })

  test('tree is true or false', async () => {
    await expect(fakeCloud(new FakeEngine()).kill(1, { tree: 1 as never })).rejects.toThrow(TypeError)
  })
})

describe('status', () => {
  test('is asked for once where it is final', async () => {
    const engine = new FakeEngine(([x]) => (x === 1 ? 'done' : open))
    const cloud = fakeCloud(engine)
    const jids = await cloud.map(job, [1, 2])
    expect(await cloud.status(jids)).toEqual(['done', 'queued'])
    engine.jobs.delete(jids.first)
    expect(await cloud.status(jids)).toEqual(['done', 'queued'])
  })
})

describe('jobs', () => {
  test('lists page by page, up to the limit', async () => {
    const engine = new FakeEngine()
    const cloud = fakeCloud(engine)
    await cloud.with({ label: 'many' }).map(
      job,
      Array.from({ length: 1_500 }, () => 1),
    )
    expect(await cloud.jobs()).toHaveLength(100)
    expect(await cloud.jobs({ limit: 1_200 })).toHaveLength(1_200)
    const all = await cloud.jobs({ limit: 10_000 })
    expect(all).toHaveLength(1_500)
    expect(all[0]).toMatchObject({ label: 'many', status: 'queued', created: new Date(1_000) })
    expect(all[0]?.jids.first).toBe(1_500)
  })

  test.each([-1, 1.5, 'x'])('the limit %s is a TypeError', async limit => {
    await expect(fakeCloud(new FakeEngine()).jobs({ limit: limit as never })).rejects.toThrow(TypeError)
  })
})
