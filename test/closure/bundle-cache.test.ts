import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { MAX_CACHED_BUNDLES } from '../../lib/closure/packages/bundle-cache.ts'
import { Project } from './project.ts'

const manifest = (more: object): string => JSON.stringify({ type: 'module', exports: './index.js', ...more })
const project = new Project({
  'input.mjs': "import { say } from 'loud'; export default () => say()",
  'node_modules/loud/package.json': manifest({ name: 'loud' }),
  'node_modules/loud/index.js': "import { word } from 'word'; export const say = () => word",
  'node_modules/word/package.json': manifest({ name: 'word' }),
  'node_modules/word/index.js': "export const word = 'first'",
  'capture.mjs': `
    import { capture } from ${JSON.stringify(fileURLToPath(new URL('../../lib/closure/capture.ts', import.meta.url)))}
    const { default: fn } = await import('./input.mjs')
    const [{ hash, bytes }] = capture(fn).modules
    const builtHere = process.getBuiltinModule('node:module').createRequire(import.meta.url).cache
    const bundled = Object.keys(builtHere).some(file => file.includes('/esbuild/'))
    process.stdout.write(JSON.stringify({ hash, bundled, text: Buffer.from(bytes).toString() }))
  `,
})
const cache = join(project.folder, 'cache')
const bundles = join(cache, 'picloud', 'packages')
afterAll(() => project[Symbol.dispose]())
beforeEach(() => rmSync(cache, { recursive: true, force: true }))

interface Said {
  readonly hash: string
  readonly bundled: boolean
  readonly text: string
}

function captureInProcess(...flags: string[]): Said {
  return captureWith(cache, ...flags)
}

function captureWith(XDG_CACHE_HOME: string, ...flags: string[]): Said {
  const args = [...flags, join(project.folder, 'capture.mjs')]
  const env = { ...process.env, XDG_CACHE_HOME }
  return JSON.parse(execFileSync(process.execPath, args, { env, encoding: 'utf8', timeout: 60_000 }))
}

test('a second process does not bundle again', () => {
  const first = captureInProcess()
  expect(first).toMatchObject({ bundled: true, text: expect.stringContaining('first') })
  expect(captureInProcess()).toEqual({ ...first, bundled: false })
})

test('a file that changed is bundled again, also that of a package which another needs', () => {
  const first = captureInProcess()
  writeFileSync(join(project.folder, 'node_modules/word/index.js'), "export const word = 'second one'")
  const second = captureInProcess()
  expect(second).toMatchObject({ bundled: true, text: expect.stringContaining('second one') })
  expect(second.hash).not.toBe(first.hash)
  expect(captureInProcess()).toEqual({ ...second, bundled: false })
})

test('a package that is found elsewhere now is bundled again', () => {
  captureInProcess()
  const nearer = new URL(`file://${project.folder}/node_modules/loud/node_modules/word/`)
  mkdirSync(nearer, { recursive: true })
  writeFileSync(new URL('package.json', nearer), manifest({ name: 'word' }))
  writeFileSync(new URL('index.js', nearer), "export const word = 'nearer'")
  try {
    expect(captureInProcess()).toMatchObject({ bundled: true, text: expect.stringContaining('nearer') })
  } finally {
    rmSync(nearer, { recursive: true })
  }
})

test('what is kept broken is not used', () => {
  const first = captureInProcess()
  const [name = ''] = readdirSync(bundles)
  const bytes = readFileSync(join(bundles, name))
  bytes[bytes.length - 20] = 0
  writeFileSync(join(bundles, name), bytes)
  expect(captureInProcess()).toEqual(first)
})

test('other conditions are another bundle', () => {
  captureInProcess()
  expect(captureInProcess('--conditions=special')).toMatchObject({ bundled: true })
  expect(readdirSync(bundles)).toHaveLength(2)
})

test('the longest unused go first', () => {
  captureInProcess()
  for (let index = 0; index < MAX_CACHED_BUNDLES; index++) writeFileSync(join(bundles, `newer-${index}`), '')
  captureInProcess('--conditions=special')
  expect(readdirSync(bundles)).toHaveLength(MAX_CACHED_BUNDLES)
})

test('where the folder can’t be made nothing is kept, and all goes as ever', () => {
  writeFileSync(cache, 'a file')
  const first = captureInProcess()
  expect(first).toMatchObject({ bundled: true, text: expect.stringContaining('say') })
  expect(captureInProcess()).toEqual(first)
})

test.runIf(process.platform === 'linux')(
  'where the file system takes no folders, each process bundles for itself',
  () => {
    expect(captureWith('/proc/picloud')).toMatchObject({ bundled: true, text: expect.stringContaining('say') })
  },
)
