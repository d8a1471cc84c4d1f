import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { freshFolder } from './fresh-folder.ts'
import { type ServiceOptions, startService } from './service.ts'

async function start(options: ServiceOptions) {
  const service = await startService(options)
  onTestFinished(() => service.stop('SIGKILL').then(() => undefined))
  return service
}

test('the first start shows a key once and writes it where only the user reads it; the next shows none', async () => {
  const folder = freshFolder()
  const first = await start({ folder })
  const file = join(folder, 'config.json')
  const { url, key, secret } = JSON.parse(readFileSync(file, 'utf8'))
  expect(url).toBe(first.url)
  expect(first.output()).toContain(`key is ${key}, with the secret ${secret}`)
  expect(first.output()).toContain(`Its data is in ${folder}`)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  await using cloud = first.client()
  expect(await cloud.call(() => 'hello').result()).toBe('hello')
  expect(await first.stop()).toBe(0)
  const second = await start({ folder, port: first.port })
  expect(second.output()).not.toMatch(/secret|password/)
  expect(await cloud.call(() => 'again').result()).toBe('again')
})

test('settings about another service stay, and it says what to set instead', async () => {
  const folder = freshFolder()
  const settings = JSON.stringify({ url: 'https://elsewhere.test', key: '7', secret: 'theirs' })
  writeFileSync(join(folder, 'config.json'), settings, { mode: 0o600 })
  const service = await start({ folder })
  expect(readFileSync(join(folder, 'config.json'), 'utf8')).toBe(settings)
  expect(service.output()).toMatch(/is about another service and stays so/)
  const [, key = '', secret = ''] = /PICLOUD_API_KEY=(\S+) PICLOUD_API_SECRETKEY=(\S+)/.exec(service.output()) ?? []
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
  expect((await fetch(`${service.url}/v1/jobs`, { headers: { authorization } })).status).toBe(200)
})

test('settings that can’t be read stay too, and the first key is shown all the same', async () => {
  const folder = freshFolder()
  writeFileSync(join(folder, 'config.json'), '{ "url": ', { mode: 0o600 })
  const service = await start({ folder })
  expect(readFileSync(join(folder, 'config.json'), 'utf8')).toBe('{ "url": ')
  expect(service.output()).toContain(`${join(folder, 'config.json')} does not take it: `)
  expect(service.output()).not.toContain('.; ')
  const [, key = '', secret = ''] = /PICLOUD_API_KEY=(\S+) PICLOUD_API_SECRETKEY=(\S+)/.exec(service.output()) ?? []
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
  expect((await fetch(`${service.url}/v1/jobs`, { headers: { authorization } })).status).toBe(200)
  expect(await service.stop()).toBe(0)
  const again = await start({ folder })
  expect(again.output()).toContain(`To use this one set PICLOUD_URL=${again.url}`)
})

test('a later start on another port says that the settings lead elsewhere', async () => {
  const folder = freshFolder()
  const first = await start({ folder })
  expect(await first.stop()).toBe(0)
  const second = await start({ folder })
  expect(second.url).not.toBe(first.url)
  expect(second.output()).toContain(`names ${first.url}. To use this one set PICLOUD_URL=${second.url}`)
  expect(await second.stop()).toBe(0)
  const third = await start({ folder, port: first.port })
  expect(third.output()).not.toContain('PICLOUD_URL')
})

test('an address that others reach is told with what that means; loopback is not', async () => {
  const open = await start({ folder: freshFolder(), args: ['--host', '0.0.0.0'] })
  expect(open.output()).toMatch(/Whoever reaches 0\.0\.0\.0 can talk to it, unencrypted/)
  const closed = await start({ folder: freshFolder() })
  expect(closed.output()).not.toMatch(/Whoever reaches/)
})
