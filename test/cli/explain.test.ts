import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Project } from '../closure/project.ts'
import { run as runCommand } from './run.ts'

const project = new Project({
  'jobs.mjs': `
    import { join } from 'node:path'
    const prefix = 'all/'
    const steps = new Map([['a', 1], ['b', 2]])
    const step = name => steps.get(name)
    export const report = name => join(prefix, String(step(name)))
    export const rest = 1
  `,
  'broken.mjs': `
    const cache = { entries: new WeakMap() }
    export default function find(key) { return cache.entries.get(key) }
    export const fine = () => 1
  `,
  'none.mjs': 'export const rest = 1',
  'throws.mjs': 'throw new Error("its top throws")',
})

afterAll(() => project[Symbol.dispose]())

const run = (...args: string[]) => runCommand(['explain', ...args])
const file = (name: string): string => join(project.folder, name)

test('prints the tree of what would travel', async () => {
  const { code, out, error } = await run(file('jobs.mjs'))
  expect({ code, error }).toEqual({ code: 0, error: '' })
  const lines = out.split('\n').map(line => line.trimEnd().replace(/ {2,}/g, '  '))
  expect(lines.slice(0, 8)).toEqual([
    'report can be sent',
    '',
    expect.stringMatching(/^report {2}function {2}\d+ B at .*jobs\.mjs:6$/),
    '├─ join  import  built-in: node:path join',
    '├─ prefix  string  5 B',
    expect.stringMatching(/^└─ step {2}function {2}\d+ B at .*jobs\.mjs:5$/),
    '  └─ steps  Map  8 B',
    '',
  ])
  expect(lines.slice(8, 11)).toEqual(['imports', '  node:path  built-in  join', ''])
  expect(lines[11]).toMatch(/^[\d.]+ k?B in all: code \d+ B, data \d+ B$/)
  expect(lines[12]).toMatch(/^the most: report \d+ B, report → step \d+ B, report → step → steps 8 B$/)
})

test('says why a function can’t, and exits 1', async () => {
  const { code, out } = await run(file('broken.mjs'))
  expect(code).toBe(1)
  expect(out).toContain('find can’t be sent\n  find → cache.entries: a WeakMap can’t be sent')
  expect(out).toContain('fine can be sent')
})

test('one export of several', async () => {
  const { code, out } = await run(file('broken.mjs'), 'fine')
  expect(code).toBe(0)
  expect(out).not.toContain('find')
})

test('--json gives the same as data', async () => {
  const all = JSON.parse((await run(file('broken.mjs'), '--json')).out)
  expect(all).toMatchObject({ default: { sendable: false, name: 'find' }, fine: { sendable: true } })
  const one = JSON.parse((await run(file('broken.mjs'), 'fine', '--json')).out)
  expect(one).toMatchObject({ name: 'fine', sendable: true })
})

test.each([
  [['nowhere.mjs'], 4, 'There is no file'],
  [['none.mjs'], 4, 'exports no function.'],
  [['jobs.mjs', 'rest'], 4, 'exports no function rest. It exports report'],
  [['throws.mjs'], 1, 'its top throws'],
])('%j fails', async ([name = '', ...more], code, text) => {
  const result = await run(file(name), ...more)
  expect(result).toMatchObject({ code, out: '' })
  expect(result.error).toContain(text)
})
