import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const runKept = new URL('../../lib/kept/run-kept.ts', import.meta.url).href
const script = `/*0123456789abcdef*/(function(SHARED,require,HERE){
  function sum(a, b) { return a + b }
  return { sum: sum(SHARED.one.value, 2), here: HERE, sep: require('node:path').sep }
})`

let folder = ''
let file = ''
const kept = (): string => join(folder, 'cache', 'picloud', 'code')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picloud-kept-'))
  file = join(folder, 'script.js')
  writeFileSync(file, script)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What a process says that runs the script, and ends. */
function run(environment: Readonly<Record<string, string>> = {}): unknown {
  const program = `import { runKept } from ${JSON.stringify(runKept)}
const { exports, keep } = runKept(new URL(${JSON.stringify(pathToFileURL(file).href)}), { one: { value: 1 } })
console.log(JSON.stringify(exports))
keep?.()`
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache'), ...environment },
    encoding: 'utf8',
    timeout: 60_000,
  })
  expect([status, stderr]).toEqual([0, ''])
  return JSON.parse(stdout)
}

const right = (): object => ({ sum: 3, here: pathToFileURL(file).href, sep: '/' })
const names = (): readonly string[] => readdirSync(kept())

test('a script’s compiled code is kept for later processes, for its user alone', () => {
  expect(run()).toEqual(right())
  const name = `0123456789abcdef-${process.version}-${process.arch}`
  expect(names()).toEqual([name])
  expect(statSync(kept()).mode & 0o777).toBe(0o700)
  expect(statSync(join(kept(), name)).mode & 0o777).toBe(0o600)
  const bytes = readFileSync(join(kept(), name))
  const { ino } = statSync(join(kept(), name))
  expect(run()).toEqual(right())
  // It was taken: what V8 refuses is replaced.
  expect(statSync(join(kept(), name)).ino).toBe(ino)
  expect(readFileSync(join(kept(), name)).equals(bytes)).toBe(true)
})

test.each([
  ['nothing', (): Buffer => Buffer.alloc(0)],
  ['a half', (bytes: Buffer): Buffer => bytes.subarray(0, bytes.length >> 1)],
  [
    'what another version of V8 made',
    (bytes: Buffer): Buffer => Buffer.concat([Buffer.alloc(16, 7), bytes.subarray(16)]),
  ],
])('%s in its place is replaced', (_, spoil) => {
  run()
  const path = join(kept(), names()[0] as string)
  const bytes = readFileSync(path)
  writeFileSync(path, spoil(bytes))
  expect(run()).toEqual(right())
  expect(readFileSync(path).byteLength).toBe(bytes.byteLength)
  expect(run()).toEqual(right())
})

test('where nothing can be kept it runs all the same', () => {
  mkdirSync(join(folder, 'cache'))
  writeFileSync(join(folder, 'cache', 'picloud'), 'no folder')
  expect(run()).toEqual(right())
  chmodSync(join(folder, 'cache'), 0o500)
  expect(run()).toEqual(right())
})

test.runIf(process.platform === 'linux')('so it does where the file system takes no folders', () => {
  expect(run({ XDG_CACHE_HOME: '/proc/picloud' })).toEqual(right())
})

test('NODE_DISABLE_COMPILE_CACHE keeps nothing', () => {
  expect(run({ NODE_DISABLE_COMPILE_CACHE: '1' })).toEqual(right())
  expect(() => names()).toThrow('ENOENT')
})

test('those of other versions are let go when they are many', () => {
  mkdirSync(kept(), { recursive: true })
  for (let version = 0; version < 8; version++) writeFileSync(join(kept(), `other-${version}`), 'x')
  expect(run()).toEqual(right())
  expect(names()).toHaveLength(1)
})
