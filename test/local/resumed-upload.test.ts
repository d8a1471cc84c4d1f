import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FILE_PART_BYTES } from '../../lib/protocol/limits.ts'
import { serviceOfItsOwn } from './service.ts'

const program = fileURLToPath(new URL('../../bin/picloud.ts', import.meta.url))
const PARTS = 12
/** Parts that a client has on their way at a time: those that a kill cuts off. */
const IN_FLIGHT = 3
/** Milliseconds, for a busy machine. */
const PATIENCE = { timeout: 30_000, interval: 1 }

let service: Awaited<ReturnType<typeof serviceOfItsOwn>>
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-resume-'))
  service = await serviceOfItsOwn({ workers: 1, args: ['--log', 'info'] })
})
afterAll(async () => {
  await service.close()
  await rm(folder, { recursive: true })
})

/** Parts that the service took in so far, by its log. */
const taken = (): number =>
  service.output().match(/"method":"PUT","route":"\/v1\/files\/parts[^}]*"status":204/g)?.length ?? 0

test('a put that is killed goes on where it was, and leaves the old file until then', async () => {
  await using cloud = service.client()
  const path = join(folder, 'large.bin')
  const content = Buffer.alloc(PARTS * FILE_PART_BYTES)
  // No two parts are the same.
  for (let part = 0; part < PARTS; part++) content.writeUInt32LE(part + 1, part * FILE_PART_BYTES)
  await writeFile(path, content)
  await cloud.files.putf('the old one', 'large.bin')
  const put = spawn(process.execPath, [program, 'files', 'put', path, 'large.bin'], {
    stdio: 'ignore',
    env: { ...process.env, PICLOUD_CONFIG: join(service.folder, 'config.json') },
  })
  await expect.poll(taken, PATIENCE).toBeGreaterThan(1)
  put.kill('SIGKILL')
  const [code] = await once(put, 'exit')
  expect(code).toBeNull()
  let old = ''
  for await (const chunk of await cloud.files.getf('large.bin')) old += String(chunk)
  expect(old).toBe('the old one')
  const before = taken()
  expect(before).toBeLessThan(PARTS)
  await cloud.files.put(path, 'large.bin')
  await expect.poll(taken, PATIENCE).toBeGreaterThanOrEqual(PARTS)
  expect(taken() - before).toBeLessThan(PARTS)
  expect(taken()).toBeLessThanOrEqual(PARTS + IN_FLIGHT)
  const { fileSize } = await cloud.files.getf('large.bin', { startByte: 0, endByte: 0 })
  expect(fileSize).toBe(content.byteLength)
})
