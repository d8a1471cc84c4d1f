import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { functionNames } from '../../lib/aws/environment.ts'
import { buildFunctions } from '../../scripts/build-functions.ts'

/**
 * Bytes that a cold start of each function loads: what it had when this was written, and a twentieth for what is to come. A function
 * that grows beyond has got something that it may not need.
 */
const MAX_BYTES: Readonly<Record<string, number>> = {
  'api/index.js': 880_000,
  'control/index.js': 760_000,
  'cron/index.js': 660_000,
  'executor/function/index.js': 905_000,
  // A job's own process, beside the executor's.
  'executor/worker/child/main.js': 107_000,
  'release/index.js': 660_000,
  'sweeper/index.js': 660_000,
}

const folder = mkdtempSync(join(tmpdir(), 'picloud-functions-'))
const stale = join(folder, 'executor', 'shared', 'STALE.js')

beforeAll(async () => {
  mkdirSync(join(stale, '..'), { recursive: true })
  writeFileSync(stale, '')
  await buildFunctions(folder)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Bytes of a file and of all that it loads before anything is asked of it: a child begins with what it boots from. */
function loadedWith(path: string, seen = new Set<string>()): number {
  if (seen.has(path)) return 0
  seen.add(path)
  const text = readFileSync(path, 'utf8')
  const names = [...text.matchAll(/(?:from|import)"(\.\/[^"]+)"|import\("(\.\/boot-[^"]+)"\)/g)]
  const parts = names.map(([, loaded, booted]) => loadedWith(join(dirname(path), loaded ?? booted ?? ''), seen))
  return parts.reduce((sum, size) => sum + size, Buffer.byteLength(text))
}

test.each(Object.entries(MAX_BYTES))('%s has at most %d bytes', (path, most) => {
  const size = loadedWith(join(folder, path))
  expect(size).toBeLessThanOrEqual(most)
  // A bound that is far away holds nothing.
  expect(size).toBeGreaterThan(0.8 * most)
})

test('each function has a bound, and nothing of an earlier build beside it', () => {
  const bounded = new Set(Object.keys(MAX_BYTES).map(path => path.split('/')[0]))
  expect([...bounded].sort()).toEqual([...functionNames].sort())
  expect(readdirSync(join(stale, '..'))).not.toContain('STALE.js')
})
