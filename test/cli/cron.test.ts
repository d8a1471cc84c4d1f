import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { serviceOfItsOwn } from '../local/service.ts'
import { run } from './run.ts'

let service: Awaited<ReturnType<typeof serviceOfItsOwn>> | undefined
let file = ''

beforeAll(async () => {
  service = await serviceOfItsOwn({ workers: 1 })
  vi.stubEnv('PICLOUD_CONFIG', join(service.folder, 'config.json'))
  for (const name of ['PICLOUD_URL', 'PICLOUD_API_KEY', 'PICLOUD_API_SECRETKEY']) vi.stubEnv(name, undefined)
  file = join(service.folder, 'report.ts')
  writeFileSync(file, 'export default function report() { return "reported" }\nexport const needy = (x: number) => x\n')
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await service?.close()
})

test('a cron is registered, listed, told, run and ended', async () => {
  const registered = await run(['cron', 'register', file, 'nightly', '0 3 * * mon-fri', '--retries', '2', '--catch-up'])
  expect([registered.code, registered.error]).toEqual([0, ''])
  expect(registered.out).toMatch(/schedule +0 3 \* \* mon-fri: at 03:00 UTC, on Monday to Friday/)
  expect(registered.out).toMatch(/last run +not yet/)
  expect((await run(['cron', 'list'])).out).toBe('nightly\n')
  const told = JSON.parse((await run(['cron', 'info', 'nightly', '--json'])).out)
  expect(told).toMatchObject({ label: 'nightly', function: 'report', catchUp: true })
  expect(told.next).toHaveLength(5)
  const { out: jid } = await run(['cron', 'run', 'nightly'])
  expect((await run(['result', jid.trim()])).out).toBe('reported\n')
  expect((await run(['cron', 'info', 'nightly'])).out).toContain(`job ${jid.trim()}`)
  expect((await run(['cron', 'deregister', 'nightly'])).code).toBe(0)
  expect((await run(['cron', 'list'])).out).toBe('')
})

test.each([
  [['register', 'FILE', 'a', '0 3 * *'], 'it has 4 fields'],
  [['register', 'FILE', 'a', '@reboot'], 'no start to wait for'],
  [['register', 'FILE', 'a', '@daily', '--export', 'needy'], 'takes arguments'],
  [['register', 'FILE', 'a', '@daily', '--retries', 'x'], 'retries'],
  [['info', 'nothing'], 'no cron “nothing”'],
  [['run', 'nothing'], 'no cron “nothing”'],
  [['deregister', 'nothing'], 'no cron “nothing”'],
])('cron %j says why not', async (args, why) => {
  const { code, error } = await run(['cron', ...args.map(arg => (arg === 'FILE' ? file : arg))])
  expect(code).not.toBe(0)
  expect(error).toContain(why)
})
