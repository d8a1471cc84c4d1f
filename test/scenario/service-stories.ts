import { expect, test } from 'vitest'
import defaultCloud, { type Cloud } from '../../lib/index.ts'

/** What users do with a service, and can't with `cloud.mp`. Told once; nothing here knows which service it is. */
export function tellServiceStories(open: () => Promise<Cloud> | Cloud): void {
  test('cron: registered, told, run by hand, replaced, ended', async () => {
    await using cloud = await open()
    const label = `story ${Math.random()}`
    const greeting = 'by hand'
    await cloud.cron.register(() => greeting, label, '30 4 * * mon-fri', { retries: 1 })
    const told = await cloud.cron.info(label)
    expect(told).toMatchObject({ label, words: 'at 04:30 UTC, on Monday to Friday', lastRun: undefined })
    expect(told.next).toHaveLength(5)
    for (const at of told.next)
      expect([at.toISOString().slice(11, 16), [1, 2, 3, 4, 5].includes(at.getUTCDay())]).toEqual(['04:30', true])
    const jid = await cloud.cron.manualRun(label)
    expect(await cloud.result(jid)).toBe('by hand')
    expect(await cloud.cron.info(label)).toMatchObject({ lastJid: jid, lastRun: expect.any(Date) })
    expect((await cloud.jobs({ label })).map(({ jids }) => [...jids].map(Number))).toEqual([[Number(jid)]])
    await cloud.cron.register(() => 'another', label, '@hourly')
    expect(await cloud.cron.info(label)).toMatchObject({ schedule: '@hourly', lastJid: undefined })
    expect(await cloud.result(await cloud.cron.manualRun(label))).toBe('another')
    expect(await cloud.cron.list()).toContain(label)
    await cloud.cron.deregister(label)
    expect(await cloud.cron.list()).not.toContain(label)
    await expect(cloud.cron.manualRun(label)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('cron: a job can’t register one', async () => {
    await using cloud = await open()
    const jid = await cloud.call(async () => {
      return await defaultCloud.cron
        .register(() => 1, 'from within', '@daily')
        .catch((error: { code: string }) => error.code)
    })
    expect(await cloud.result(jid)).toBe('forbidden')
  })
}
