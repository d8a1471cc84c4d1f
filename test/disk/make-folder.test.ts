import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeFolder } from '../../lib/disk/make-folder.ts'

const folder = mkdtempSync(join(tmpdir(), 'picloud-folders-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('makes those above it too, which only their owner may enter unless it is told otherwise', () => {
  const own = join(folder, 'own', 'deep')
  makeFolder(own)
  makeFolder(own)
  expect([join(folder, 'own'), own].map(it => statSync(it).mode & 0o777)).toEqual([0o700, 0o700])
  const open = join(folder, 'open')
  makeFolder(open, 0o755)
  expect(statSync(open).mode & 0o700).toBe(0o700)
})

test('says why where there can be none', () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  expect(() => makeFolder(file)).toThrow('EEXIST')
  expect(() => makeFolder(join(file, 'below'))).toThrow('ENOTDIR')
})

// Node's own way never ends there.
test.runIf(process.platform === 'linux')('ends where a file system takes no folders', () => {
  expect(() => makeFolder('/proc/picloud/deep')).toThrow('ENOENT')
})
