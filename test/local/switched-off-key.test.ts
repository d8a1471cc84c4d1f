import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import defaultCloud, { connect } from '../../lib/index.ts'
import { freshFolder } from './fresh-folder.ts'
import { startService } from './service.ts'

test('a job of a key that was switched off goes on, and so does what it starts; the key itself starts nothing', async () => {
  const folder = freshFolder()
  const service = await startService({ folder })
  onTestFinished(() => service.stop('SIGKILL').then(() => undefined))
  await using cloud = service.client()
  const { apiKey, apiSecretkey } = await cloud.account.createApiKey({ note: 'ends soon' })
  await using other = connect({ url: service.url, key: String(apiKey), secret: apiSecretkey })
  const [began, gate] = [join(folder, 'began'), join(folder, 'gate')]
  const jid = await other.call(async () => {
    appendFileSync(began, '')
    while (!existsSync(gate)) await sleep(10)
    return await defaultCloud.call((x: number) => 2 * x, 21).result()
  })
  await expect.poll(() => existsSync(began), { timeout: 20_000 }).toBe(true)
  await cloud.account.deactivateApiKey(apiKey)
  await expect(other.call(() => 1)).rejects.toMatchObject({ code: 'unauthorized' })
  appendFileSync(gate, '')
  expect(await cloud.result(jid)).toBe(42)
})
