import { describe, expect, test } from 'vitest'
import type { CronOptions, CronSchedule } from '../../../lib/index.ts'
import { MAX_LABEL_CHARS } from '../../../lib/protocol/limits.ts'
import { paths } from '../../../lib/protocol/paths.ts'
import { fakeCloud, overBytes } from '../fake-cloud.ts'
import { FakeEngine } from '../fake-engine.ts'

const tidy = (): string => 'tidied'

describe('cron', () => {
  test('is registered, told, replaced and ended', async () => {
    const engine = new FakeEngine()
    const { cron } = overBytes(engine)
    const before = Date.now()
    await cron.register(tidy, 'nightly', '0 3 * * *')
    expect(engine.bundles.size).toBe(1)
    const info = await cron.info('nightly')
    expect(info).toEqual({
      label: 'nightly',
      schedule: '0 3 * * *',
      words: 'at 03:00 UTC every day',
      function: 'tidy',
      catchUp: false,
      created: expect.any(Date),
      lastRun: undefined,
      lastJid: undefined,
      next: expect.any(Array),
    })
    expect(info.created.getTime()).toBeGreaterThanOrEqual(before)
    expect(info.next.map(at => at.toISOString().slice(11, 16))).toEqual(new Array(5).fill('03:00'))
    await cron.register(tidy, 'nightly', [30, 4, '*', '*', 'mon-fri'], { catchUp: true })
    expect(await cron.info('nightly')).toMatchObject({ schedule: '30 4 * * mon-fri', catchUp: true })
    expect(await cron.list()).toEqual(['nightly'])
    await cron.deregister('nightly')
    expect(await cron.list()).toEqual([])
    await expect(cron.info('nightly')).rejects.toMatchObject({ code: 'not-found' })
    await expect(cron.deregister('nightly')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('runs when told to, with its options and its label', async () => {
    const engine = new FakeEngine(() => 'done')
    const cloud = overBytes(engine)
    await cloud.cron.register(tidy, 'now', '@yearly', { retries: 2, maxRuntime: '5m', highCpu: true })
    const jid = await cloud.cron.manualRun('now')
    expect(await cloud.result(jid)).toBe('done')
    const { lastJid, lastRun } = await cloud.cron.info('now')
    expect([lastJid, lastRun]).toEqual([jid, expect.any(Date)])
    expect(engine.submits.at(-1)?.submissions[0]?.options).toEqual({
      label: 'now',
      retries: 2,
      maxRuntime: 300_000,
      highCpu: true,
    })
  })

  test('a run whose answer was lost is asked for again, and is one', async () => {
    const engine = new FakeEngine()
    let losses = 0
    const { cron } = fakeCloud(engine, fetch => async request => {
      const answer = await fetch(request)
      if (request.url.endsWith(paths.cronRun) && losses++ === 0) throw new TypeError('cut off')
      return answer
    })
    await cron.register(tidy, 'once', '@yearly')
    await cron.manualRun('once')
    expect([losses, engine.jobs.size]).toEqual([2, 1])
  })

  test('labels are any text, and come in pages', async () => {
    const engine = new FakeEngine()
    const { cron } = overBytes(engine)
    const labels = [
      'a/b',
      'Ä ?&#%',
      '..',
      'x'.repeat(MAX_LABEL_CHARS),
      ...Array.from({ length: 120 }, (_, n) => `n${n}`),
    ]
    for (const label of labels) await cron.register(tidy, label, '@daily')
    expect((await cron.list()).toSorted()).toEqual(labels.toSorted())
    for (const label of labels.slice(0, 4)) expect((await cron.info(label)).label).toBe(label)
  })

  test.each<[string, CronSchedule, CronOptions, unknown]>([
    ['', '@daily', {}, { message: expect.stringContaining('label') }],
    ['x'.repeat(MAX_LABEL_CHARS + 1), '@daily', {}, { message: expect.stringContaining('256 characters') }],
    ['a', '@reboot', {}, { code: 'invalid-argument' }],
    ['a', '0 0 * *', {}, { code: 'invalid-argument', message: expect.stringContaining('4 fields') }],
    ['a', ['0', '0', '*', '*'], {}, { message: expect.stringContaining('five of them') }],
    ['a', ['0 1', '0', '*', '*', '*'], {}, { message: expect.stringContaining('five of them') }],
    ['a', '@daily', { label: 'b' } as never, { message: expect.stringContaining('no option label') }],
    ['a', '@daily', { dependsOn: 1 } as never, { message: expect.stringContaining('no option dependsOn') }],
    ['a', '@daily', { startAfter: 5 } as never, { message: expect.stringContaining('no option startAfter') }],
    ['a', '@daily', { catchUp: 1 } as never, { message: expect.stringContaining('catchUp') }],
    ['a', '@daily', { retries: -1 }, { message: expect.stringContaining('retries') }],
  ])('%s at %j with %j is refused', async (label, schedule, options, error) => {
    const engine = new FakeEngine()
    const { cron } = overBytes(engine)
    await expect(cron.register(tidy, label, schedule, options)).rejects.toMatchObject(error as object)
    expect(await cron.list()).toEqual([])
  })

  test('a function that takes arguments is refused', async () => {
    const { cron } = overBytes(new FakeEngine())
    const needy = (x: number): number => x
    // @ts-expect-error: the compiler says so too
    await expect(cron.register(needy, 'a', '@daily')).rejects.toThrow('needy takes arguments')
    await cron.register((x = 1) => x, 'b', '@daily')
    expect(await cron.list()).toEqual(['b'])
  })
})
