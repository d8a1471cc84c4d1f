import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hasPlatformBuilds, nativePackagesOf } from '../../lib/closure/packages/native-packages.ts'

let folder = ''
const manifests = {
  image: { optionalDependencies: { '@image/image-linux-x64': '1.0.0', '@image/image-darwin-arm64': '1.0.0' } },
  '@scope/hash': { optionalDependencies: { '@scope/hash-win32-x64-msvc': '1.0.0' } },
  watcher: { optionalDependencies: { fsevents: '2.0.0' } },
  accelerated: { optionalDependencies: { 'accelerated-extract': '1.0.0' } },
  plain: {},
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-native-'))
  for (const [name, manifest] of Object.entries(manifests)) {
    const place = join(folder, 'node_modules', name)
    await mkdir(place, { recursive: true })
    await writeFile(join(place, 'package.json'), JSON.stringify(manifest))
  }
})

afterAll(() => rm(folder, { recursive: true }))

test.each([
  ['image', true],
  ['@scope/hash', true],
  ['watcher', false],
  ['accelerated', false],
  ['plain', false],
  ['not-there', false],
])('whether %s comes as a build a platform: %s', (name, has) => {
  expect(hasPlatformBuilds(join(folder, 'node_modules', name, 'lib', 'index.js'))).toBe(has)
})

test('a file of the user’s own is of no package', () => {
  expect(hasPlatformBuilds(join(folder, 'program.js'))).toBe(false)
})

test('packages of a bundle that load native code when they run are found', () => {
  const file = (name: string): string => join(folder, 'node_modules', name, 'index.js')
  const found = nativePackagesOf({
    files: ['image', 'plain', 'database', 'bindings'].map(file),
    resolved: [
      [file('database'), 'bindings', 'require', file('bindings')],
      [file('plain'), 'database', 'require', file('database')],
    ],
  })
  expect([...found].sort()).toEqual(['database', 'image'])
})
