import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { run } from '../cli/run.ts'
import { serviceOfItsOwn } from './service.ts'

let service: Awaited<ReturnType<typeof serviceOfItsOwn>>
beforeAll(async () => {
  service = await serviceOfItsOwn({ workers: 1 })
  vi.stubEnv('PICLOUD_CONFIG', join(service.folder, 'config.json'))
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await service.close()
})

test('logs shows what a job printed, -f until it ends, and with --json one document', async () => {
  await using cloud = service.client()
  const jid = await cloud.call(async () => {
    console.log('to the one')
    console.error('to the other')
    await new Promise(resolve => setTimeout(resolve, 500))
    console.log('and more')
  })
  const followed = await run(['logs', `${jid}`, '-f'])
  expect(followed).toEqual({ code: 0, out: 'to the one\nand more\n', error: 'to the other\n' })
  for (const more of [[], ['-f']]) {
    const { code, out, error } = await run(['logs', `${jid}`, '--json', ...more])
    expect([code, error]).toEqual([0, ''])
    const about = { jid: Number(jid), status: 'done', stdoutDropped: 0, stderrDropped: 0 }
    expect(JSON.parse(out)).toEqual({ ...about, stdout: 'to the one\nand more\n', stderr: 'to the other\n' })
  }
})

test('logs -f of a job that fails ends as it does', async () => {
  await using cloud = service.client()
  const jid = await cloud.call(() => {
    throw new Error('no luck')
  })
  expect((await run(['logs', `${jid}`, '-f'])).code).toBe(3)
})
