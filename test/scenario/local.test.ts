import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Cloud, Jid } from '../../lib/index.ts'
import { serviceOfItsOwn } from '../local/service.ts'
import { tellServiceStories } from './service-stories.ts'
import { tellStories } from './stories.ts'

describe('the local service, over HTTP', () => {
  let service: Awaited<ReturnType<typeof serviceOfItsOwn>> | undefined
  beforeAll(async () => {
    service = await serviceOfItsOwn({ workers: 2 })
  })
  afterAll(async () => {
    await service?.close()
  })
  const open = (): Cloud => (service as NonNullable<typeof service>).client()
  tellStories(open)
  tellServiceStories(open)

  test('a cron fires in its minute', { timeout: 90_000 }, async () => {
    await using cloud = open()
    await cloud.cron.register(() => 'by the clock', 'every minute', '* * * * *')
    const { next } = await cloud.cron.info('every minute')
    await expect.poll(() => cloud.jobs({ label: 'every minute' }), { timeout: 80_000, interval: 500 }).toHaveLength(1)
    await cloud.cron.deregister('every minute')
    const [found] = await cloud.jobs({ label: 'every minute' })
    const jid = [...(found?.jids ?? [])][0] as Jid
    expect(await cloud.result(jid)).toBe('by the clock')
    const { [Number(jid)]: info } = await cloud.info(jid, 'created')
    expect(info?.created).toBeGreaterThanOrEqual(next[0]?.getTime() as number)
  })
})
