import { expect, onTestFinished, test } from 'vitest'
import type { Jid } from '../../lib/index.ts'
import { serviceOfItsOwn, startService } from '../local/service.ts'

const MINUTE = 60_000

test('a cron fires in its minute, also on a service that was killed and started again', {
  timeout: 120_000,
}, async () => {
  const first = await serviceOfItsOwn({ workers: 1 })
  onTestFinished(() => first.close())
  await using before = first.client()
  await before.cron.register(() => 'by the clock', 'every minute', '* * * * *')
  const { created } = await before.cron.info('every minute')
  await first.stop('SIGKILL')
  const again = await startService({ folder: first.folder, workers: 1 })
  onTestFinished(async () => void (await again.stop('SIGKILL')))
  await using cloud = again.client()
  const jobs = () => cloud.jobs({ label: 'every minute' })
  await expect.poll(jobs, { timeout: 100_000, interval: 500 }).not.toEqual([])
  await cloud.cron.deregister('every minute')
  const jids = (await jobs()).flatMap(one => [...one.jids]) as Jid<string>[]
  expect(await cloud.result(jids)).toEqual(jids.map(() => 'by the clock'))
  const facts = Object.values(await cloud.info(jids, 'created'))
  const minutes = facts.map(one => Math.floor(one.created / MINUTE))
  expect(new Set(minutes).size).toBe(minutes.length)
  expect(Math.min(...minutes)).toBeGreaterThan(Math.floor(created.getTime() / MINUTE))
})
