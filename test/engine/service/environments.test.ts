import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createEnvironments } from '../../../lib/engine/service/environments.ts'
import { createBundles } from '../../../lib/engine/submit/bundles.ts'
import { createBlobs } from '../../../lib/memory/blobs.ts'
import { systemClock } from '../../../lib/memory/clock.ts'
import { createRegistry } from '../../../lib/memory/registry.ts'
import { environmentRequestSchema } from '../../../lib/protocol/environments.ts'
import { MAX_ARCHIVE_PIECES, MAX_INSTALL_LOG_CHARS } from '../../../lib/protocol/limits.ts'

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const platform = { os: 'linux', cpu: 'arm64', libc: 'glibc' } as const
const piece = Buffer.from('piece')
const described = { packages: ['a@1'], platform, size: 5, log: 'added 1 package' }
const request = { ...described, pieces: [digest(piece)] }

function world() {
  const bundles = createBundles({ blobs: createBlobs(), digest })
  const ports = { registry: createRegistry(), clock: systemClock, digest }
  return { bundles, environments: createEnvironments(ports, { bundles, platform }) }
}

const submission = (env?: string) => ({
  id: 1,
  function: { bundle: digest(piece), code: digest(piece), name: 'f', node: 24 },
  options: env === undefined ? {} : { env },
  segments: [],
})

test('pieces come first, then the name', async () => {
  const { bundles, environments } = world()
  expect(await environments.create('e', request)).toEqual({ missing: [digest(piece)] })
  await expect(environments.info('e')).rejects.toMatchObject({ code: 'not-found' })
  await bundles.put(digest(piece), piece)
  expect(await environments.create('e', request)).toEqual({})
  const facts = await environments.info('e')
  expect(facts).toMatchObject({ name: 'e', ...described })
  expect(Buffer.from((await bundles.get(facts.hash)) ?? []).toString()).toBe(`{"pieces":["${digest(piece)}"]}`)
  expect(await environments.list({})).toEqual({
    platform,
    environments: [expect.not.objectContaining({ log: expect.anything() })],
  })
})

test.each([
  { ...platform, cpu: 'x64' },
  { ...platform, libc: 'musl' as const },
  { os: 'darwin', cpu: 'arm64' },
])('%j is not what the workers run on', async other => {
  const created = world().environments.create('e', { ...request, platform: other })
  await expect(created).rejects.toMatchObject({ code: 'invalid-request', message: expect.stringContaining(other.cpu) })
})

test('a submission with a name gets the archive; one without stays as it is', async () => {
  const { bundles, environments } = world()
  await bundles.put(digest(piece), piece)
  await environments.create('e', request)
  const { hash } = await environments.info('e')
  const plain = { submissions: [submission()] }
  expect(await environments.placed(plain)).toBe(plain)
  const { submissions } = await environments.placed({ submissions: [submission('e'), submission()] })
  expect(submissions.map(one => one.function.environment)).toEqual([{ name: 'e', hash }, undefined])
  await expect(environments.placed({ submissions: [submission('none')] })).rejects.toMatchObject({ code: 'not-found' })
})

test('a request has so many pieces and so much of a log, and no more', () => {
  const pieces = Array.from({ length: MAX_ARCHIVE_PIECES }, () => digest(piece))
  const log = 'x'.repeat(MAX_INSTALL_LOG_CHARS)
  expect(environmentRequestSchema.safeParse({ ...request, pieces, log }).success).toBe(true)
  expect(environmentRequestSchema.safeParse({ ...request, pieces: [...pieces, digest(piece)] }).success).toBe(false)
  expect(environmentRequestSchema.safeParse({ ...request, log: `${log}x` }).success).toBe(false)
})
