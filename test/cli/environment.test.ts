import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { serviceOfItsOwn } from '../local/service.ts'
import { run } from './run.ts'

let service: Awaited<ReturnType<typeof serviceOfItsOwn>> | undefined
let addon = ''

beforeAll(async () => {
  service = await serviceOfItsOwn({ workers: 1 })
  vi.stubEnv('PICLOUD_CONFIG', join(service.folder, 'config.json'))
  for (const name of ['PICLOUD_URL', 'PICLOUD_API_KEY', 'PICLOUD_API_SECRETKEY']) vi.stubEnv(name, undefined)
  addon = join(service.folder, 'addon')
  mkdirSync(addon)
  writeFileSync(join(addon, 'package.json'), '{"name":"addon","version":"1.0.0"}')
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await service?.close()
})

test('an environment is created, listed, told and deleted', async () => {
  const created = await run(['env', 'create', 'tools', addon])
  expect([created.code, created.error]).toEqual([0, ''])
  expect(created.out).toMatch(/^The environment tools has .*addon: \d+ bytes\.\n$/)
  expect((await run(['env', 'list'])).out).toBe('tools\n')
  const { out } = await run(['env', 'info', 'tools'])
  expect(out).toContain(`${process.platform}/${process.arch}`)
  expect(out).toContain('added 1 package')
  expect((await run(['env', 'delete', 'tools'])).code).toBe(0)
  expect((await run(['env', 'info', 'tools'])).code).toBe(4)
})
