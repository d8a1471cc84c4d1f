import { describe, expect, it } from 'vitest'
import { type CronRecord, submissionOf } from '../../../lib/engine/records/cron-record.ts'
import type { Principal } from '../../../lib/protocol/job.ts'
import { at, request, world } from '../cron-world.ts'
import { harness, owner, reference } from '../harness.ts'

describe('a cron', () => {
  it('is replaced whole, and its alarm is told before and after', async () => {
    const { engine, changes, moment, jobs, records } = await world()
    await engine.crons.register({ ...request, label: 'a' }, owner)
    moment.now = at('12:01')
    await engine.crons.fire({ label: 'a', minute: at('12:01') })
    moment.now = at('12:01:20')
    await engine.crons.register({ ...request, label: 'a', schedule: '@yearly', options: { retries: 1 } }, owner)
    expect(await engine.crons.info('a')).toMatchObject({ created: at('12:01:20'), lastRun: null, lastJid: null })
    await engine.crons.fire({ label: 'a', minute: at('12:02') })
    expect(await jobs()).toHaveLength(1)
    await engine.crons.deregister('a', owner)
    expect(await records.get('a')).toBeUndefined()
    expect(changes).toEqual(['changing a', 'changed a', 'changing a', 'changed a', 'changing a', 'changed a'])
  })

  it('runs by hand under the jid that was asked for, once', async () => {
    const { engine, jobs } = await world()
    await engine.crons.register({ ...request, label: 'a', schedule: '@yearly' }, owner)
    const { first: jid } = await engine.lease({ count: 1 })
    for (let nth = 0; nth < 2; nth++) expect(await engine.crons.run({ label: 'a', jid }, owner)).toEqual({ jid })
    expect(await jobs()).toEqual([`a ${jid}`])
    await engine.crons.run({ label: 'a' }, owner)
    expect(await jobs()).toHaveLength(2)
  })

  it('submits its jobs for the key that registered it', async () => {
    const { engine, moment, ports, records } = await world()
    const key: Principal = { kind: 'key', key: 7, scopes: ['submit'] }
    await engine.crons.register({ ...request, label: 'a', options: { retries: 3 } }, key)
    moment.now = at('12:01')
    await engine.crons.fire({ label: 'a', minute: at('12:01') })
    const { lastJid = 0 } = (await records.get('a'))?.value ?? {}
    const [row] = await ports.store.getSubmissions({ ids: [lastJid] })
    expect(row).toMatchObject({ key: 7, label: 'a' })
    const record = (await records.get('a'))?.value as CronRecord
    expect(submissionOf('a', record, 5).header.submissions[0]?.options).toEqual({ retries: 3, label: 'a' })
  })

  it('names the bundles that it lacks, and is not registered', async () => {
    const { engine, changes } = await world()
    const lacking = { ...reference, bundle: 'a'.repeat(64) }
    expect(await engine.crons.register({ ...request, label: 'a', function: lacking }, owner)).toEqual({
      missing: [lacking.bundle],
    })
    expect(changes).toEqual([])
    await expect(engine.crons.info('a')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('lists by label, in pages', async () => {
    const { engine } = await world()
    for (const label of ['c', 'a', 'b']) await engine.crons.register({ ...request, label }, owner)
    const first = await engine.crons.list({ limit: 2 })
    expect([first.crons.map(cron => cron.label), first.cursor]).toEqual([['a', 'b'], 'b'])
    const rest = await engine.crons.list({ limit: 2, cursor: 'b' })
    expect([rest.crons.map(cron => cron.label), rest.cursor]).toEqual([['c'], undefined])
  })
})

describe('refused', () => {
  const job: Principal = { kind: 'job', jid: 1, attempt: 1, depth: 0 }

  it('are schedules that can’t be read, before anything is done', async () => {
    const { engine, changes } = await world()
    const register = engine.crons.register({ ...request, label: 'a', schedule: '61 * * * *' }, owner)
    await expect(register).rejects.toMatchObject({ code: 'invalid-argument' })
    expect(changes).toEqual([])
  })

  it('are jobs that would register or end one; they may run one', async () => {
    const { engine, jobs } = await world()
    await expect(engine.crons.register({ ...request, label: 'a' }, job)).rejects.toMatchObject({ code: 'forbidden' })
    await engine.crons.register({ ...request, label: 'a' }, owner)
    await expect(engine.crons.deregister('a', job)).rejects.toMatchObject({ code: 'forbidden' })
    await engine.crons.run({ label: 'a' }, job)
    expect(await jobs()).toHaveLength(1)
  })

  it('is what is not there', async () => {
    const { engine } = await world()
    for (const ask of [
      engine.crons.info('a'),
      engine.crons.run({ label: 'a' }, owner),
      engine.crons.deregister('a', owner),
    ]) {
      await expect(ask).rejects.toMatchObject({ code: 'not-found', message: expect.stringContaining('“a”') })
    }
  })

  it('is all of it where there is no service', async () => {
    const { engine } = await harness(undefined, { start: false })
    const asks = [
      engine.crons.register({ ...request, label: 'a' }, owner),
      engine.crons.deregister('a', owner),
      engine.crons.info('a'),
      engine.crons.list({}),
      engine.crons.run({ label: 'a' }, owner),
    ]
    for (const ask of asks) {
      await expect(ask).rejects.toMatchObject({
        code: 'unsupported',
        message: expect.stringContaining('picloud local'),
      })
    }
  })
})
