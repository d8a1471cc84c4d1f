import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { explain } from '../../lib/closure/explain/explain.ts'
import type { ExplainedPart, Explanation } from '../../lib/closure/explain/explanation.ts'
import { Project } from './project.ts'

const project = new Project({
  'main.mjs': `
    import { basename } from 'node:path'
    import { shout } from 'loud'
    import * as helper from './helper.mjs'
    export const uses = path => shout(helper.trim(basename(path)))
    export const native = () => shout('x')
  `,
  'helper.mjs': `
    const marks = ['.', '!']
    export const trim = text => marks.reduce((all, mark) => all.replace(mark, ''), text)
    export const unsendable = new WeakMap()
  `,
  'node_modules/loud/package.json': '{ "name": "loud", "type": "module", "exports": "./index.js" }',
  'node_modules/loud/index.js': `
    import { upper } from 'upper'
    export const shout = text => upper(text) + '!'
  `,
  'node_modules/upper/package.json': '{ "name": "upper", "type": "module", "exports": "./index.js" }',
  'node_modules/upper/index.js': `export const upper = text => text.toUpperCase() // ${'long '.repeat(100)}
    export const table = ${JSON.stringify('x'.repeat(1_000))}
    export const uses = () => table`,
})

afterAll(() => project[Symbol.dispose]())

/** All parts, by their paths as text. */
function byPath(root: ExplainedPart): Readonly<Record<string, ExplainedPart>> {
  const all: [string, ExplainedPart][] = []
  const walk = (part: ExplainedPart): void => {
    all.push([part.path.join(' → '), part])
    for (const each of part.parts) walk(each)
  }
  walk(root)
  return Object.fromEntries(all)
}

const partsOf = (explanation: Explanation): Readonly<Record<string, ExplainedPart>> => byPath(explanation.root)

describe('what can travel', () => {
  test('each captured variable has its path, kind and bytes', () => {
    const table = new Map([['a', 1]])
    const text = 'x'.repeat(100)
    let count = 0
    const up = () => ++count
    const reads = () => [table.size, text, up(), count]
    const explanation = explain(reads)
    expect(explanation).toMatchObject({ name: 'reads', sendable: true })
    expect(explanation.refusal).toBeUndefined()
    const parts = partsOf(explanation)
    expect(Object.keys(parts)).toEqual([
      'reads',
      'reads → table',
      'reads → text',
      'reads → up',
      'reads → up → count',
      'reads → count',
    ])
    expect(parts['reads → table']).toMatchObject({ kind: 'Map', travels: 'by value', bytes: 5 })
    expect(parts['reads → text']).toMatchObject({ kind: 'string', bytes: 102 })
    expect(parts['reads → up']).toMatchObject({ kind: 'function', travels: 'by value', bytes: '() => ++count'.length })
    expect(parts['reads → count']).toMatchObject({ kind: 'number', bytes: 1 })
    // One variable of two functions travels once.
    expect(parts['reads → up → count']).toMatchObject({ kind: 'number', bytes: 0, sameAs: ['reads', 'count'] })
  })

  test('functions tell where they stand in the user’s file', () => {
    const { stack = '' } = new Error('here')
    const fn = () => 1
    const line = Number(/explain\.test\.ts[^:]*:(\d+)/.exec(stack)?.[1]) + 1
    expect(explain(fn).root.place).toMatchObject({ line, url: expect.stringContaining('explain.test.ts') })
  })

  test('classes of instances, their superclasses, and functions in objects', () => {
    class Base {
      static readonly level = 'top'
      y = 2
    }
    class Point extends Base {
      x = 1
    }
    const point = new Point()
    const tools = { list: [(n: number) => n + 1] }
    const reads = () => [point.x, tools.list[0]?.(1)]
    const parts = partsOf(explain(reads))
    expect(parts['reads → point']).toMatchObject({ kind: 'Point' })
    expect(parts['reads → point (its class)']).toMatchObject({ kind: 'class' })
    expect(parts['reads → point (its class) → (its superclass)']).toMatchObject({ kind: 'class' })
    expect(parts['reads → tools']).toMatchObject({ kind: 'object' })
    expect(parts['reads → tools.list[0]']).toMatchObject({ kind: 'function' })
  })

  test('what the worker has itself', () => {
    const { max } = Math
    const reads = () => [max(1, 2), process.pid]
    expect(partsOf(explain(reads))['reads → max']).toMatchObject({
      kind: 'function',
      travels: 'built-in',
      reference: 'Math.max',
      bytes: 0,
    })
    expect(explain(Math.max)).toMatchObject({ sendable: true, root: { travels: 'built-in', reference: 'Math.max' } })
  })

  test('functions that see each other are told once', () => {
    const even = (n: number): boolean => n === 0 || odd(n - 1)
    const odd = (n: number): boolean => n !== 0 && even(n - 1)
    const parts = partsOf(explain(even))
    expect(parts['even → odd → even']).toMatchObject({ sameAs: ['even'], bytes: 0 })
  })

  test('the strings of a template that something holds stand where it does', () => {
    const seen = new Set<TemplateStringsArray>()
    const tag = (strings: TemplateStringsArray): number => seen.add(strings).size
    const site = (): number => tag`x`
    site()
    expect(Object.keys(byPath(explain(site).root))).toEqual(['site', 'site → tag', 'site → tag → seen'])
  })

  test('sizes add up to what is sent', () => {
    const table = Array.from({ length: 100 }, (_, index) => index)
    const explained = explain(() => table)
    const { bundle } = capture(() => table)
    const { code = 0, data = 0, packages, total } = explained.bytes ?? {}
    expect(packages).toBe(0)
    expect(total).toBe(code + data)
    // The two functions differ in where they stand.
    expect(Math.abs((total ?? 0) - bundle.byteLength)).toBeLessThan(64)
    expect(explained.largest[0]).toEqual({ what: '(anonymous) → table', kind: 'array', bytes: 102 })
  })
})

describe('imports', () => {
  test('how each travels, and the packages with their sizes', async () => {
    const { uses } = await project.load('main.mjs')
    const { imports, packages, bytes, largest } = explain(uses as never)
    const importer = pathToFileURL(join(project.folder, 'main.mjs')).href
    expect(imports.toSorted((a, b) => a.specifier.localeCompare(b.specifier))).toEqual([
      { specifier: './helper.mjs', importer, names: ['helper'], travels: 'by value', bytes: 0 },
      { specifier: 'loud', importer, names: ['shout'], travels: 'package', bytes: expect.any(Number) },
      { specifier: 'node:path', importer, names: ['basename'], travels: 'built-in', bytes: 0 },
    ])
    expect(packages.map(({ name }) => name).toSorted()).toEqual(['loud', 'upper'])
    const sum = packages.reduce((all, each) => all + each.bytes, 0)
    expect(sum).toBeGreaterThan(0)
    expect(sum).toBeLessThan(bytes?.packages ?? 0)
    expect(largest.map(({ what }) => what)).toContain(`package ${packages[0]?.name}`)
  })
})

describe('what can’t', () => {
  test('is told by why and where, and the rest all the same', () => {
    const cache = { entries: new WeakMap() }
    const name = 'report'
    const report = () => [name, cache]
    const explanation = explain(report)
    expect(explanation).toMatchObject({
      sendable: false,
      refusal: {
        path: ['report', 'cache.entries'],
        reason: 'a WeakMap can’t be sent, as its entries can’t be listed',
        hint: 'Use a Map, or make it where it is used.',
        place: { url: expect.stringContaining('explain.test.ts') },
      },
    })
    expect(explanation.bytes).toBeUndefined()
    const parts = partsOf(explanation)
    expect(parts['report → name']).toMatchObject({ kind: 'string', bytes: 7 })
    expect(parts['report → cache']?.refusal).toMatchObject({ path: ['report', 'cache.entries'] })
  })

  test('the refusal is that of a call', () => {
    const cache = new WeakSet()
    const inner = () => cache
    const outer = () => inner()
    let message = ''
    try {
      capture(outer)
    } catch (error) {
      message = (error as Error).message
    }
    expect(message).not.toBe('')
    expect(explain(outer).refusal?.message).toBe(message)
  })

  test('a function whose text can’t stand alone', () => {
    const make = () => () => import.meta
    const refused = make()
    const uses = () => refused()
    const { sendable, root } = explain(uses)
    expect(sendable).toBe(false)
    expect(root.parts[0]).toMatchObject({ name: 'refused', refusal: { path: ['uses', 'refused'] } })
    expect(explain(refused)).toMatchObject({ sendable: false, root: { refusal: { path: ['(anonymous)'] } } })
  })
})

test('nothing of the user’s runs, and the result is plain data', () => {
  let ran = 0
  const watched = {
    get price() {
      return ++ran
    },
    toJSON() {
      return ++ran
    },
    *[Symbol.iterator]() {
      yield ++ran
    },
  }
  const explanation = explain(() => watched)
  expect(ran).toBe(0)
  expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation)
})
