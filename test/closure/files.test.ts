import { afterAll, describe, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { CaptureError } from '../../lib/closure/capture-error.ts'
import { FreshProcess } from './fresh-process.ts'
import { Project } from './project.ts'

const project = new Project({
  'main.mjs': `
    import { add, Point, origin, total, bump, readTotal } from './helper.mjs'
    import * as helper from './helper.mjs'
    import config from './config.json' with { type: 'json' }
    import { shout, Voice } from 'loud'
    import loud from 'loud'
    import * as everything from 'loud'
    import { tiny } from 'loud/tiny'
    import classic from 'classic'
    const voice = new Voice('v')
    const kept = { shout, tiny, deep: loud.deep.level }
    export const usesHelper = x => add(x, 1)
    export const isPoint = () => [origin instanceof Point, new Point(3).x, origin.x]
    export const viaNamespace = () => helper.add(1, 2)
    export const allOfNamespace = () => Object.keys(helper).sort()
    export const readsConfig = () => config.level
    export const shouts = text => shout(text)
    export const defaults = text => loud.shout(text)
    export const namespaced = text => everything.shout(text) + everything.default.mark
    export const subpath = () => tiny()
    export const instance = () => [voice.say(), voice instanceof Voice, voice.name]
    export const reached = () => [kept.shout('a'), kept.tiny(), kept.deep === loud.deep.level]
    export const commonjs = () => classic.twice(4)
    export const liveImport = () => { bump(); return total }
    export const liveFunction = () => { bump(); return readTotal() }
    export const liveMember = () => { bump(); return helper.total }
  `,
  'helper.mjs': `
    const factor = 10
    export const add = (a, b) => a + b + factor
    export class Point { constructor(x) { this.x = x } }
    export const origin = new Point(0)
    export let total = 0
    export const bump = () => { total++ }
    export const readTotal = () => total
    export const unsendable = new WeakMap()
  `,
  'config.json': '{ "level": 3 }',
  'plain.cjs': `
    const path = require('node:path')
    const { shout } = require('loud')
    const classic = require('classic')
    const near = require('./near.cjs')
    let n = 0
    function next() { return ++n }
    exports.joins = () => path.join('a', 'b')
    exports.shouts = text => shout(text)
    exports.twice = x => classic.twice(x)
    exports.nears = () => near.value()
    exports.counts = () => [next(), next(), n]
    exports.sloppy = function () { return typeof this }
    exports.strict = function () { 'use strict'; return typeof this }
    exports.folder = () => require('node:path').basename(__dirname).slice(0, 7)
    exports.where = () => path.basename(__filename)
    exports.requires = () => require
    exports.undeclared = () => { implicit = 5; return implicit }
  `,
  'near.cjs': 'const hidden = 7; exports.value = () => hidden',
  'typed.ts': `
    interface Row { readonly a: number }
    const rows: readonly Row[] = [{ a: 1 }]
    export const sum = (extra: number): number => rows.reduce((all, { a }) => all + a, extra)
  `,
  'compiled.cjs': `
    var __defProp = Object.defineProperty
    var __name = (target, value) => __defProp(target, 'name', { value, configurable: true })
    var __toESM = (mod, node) => Object.assign(Object.create(null), mod, { default: mod })
    var import_loud = __toESM(require('loud'))
    var import_classic = __toESM(require('classic'), 1)
    var import_node_path = __toESM(require('node:path'))
    const inner = /* @__PURE__ */ __name((text) => (0, import_loud.shout)(text), 'inner')
    class Kept { static { __name(this, 'Kept') } }
    exports.compiled = /* @__PURE__ */ __name((text) => {
      const local = /* @__PURE__ */ __name(() => 1, 'renamed')
      return [inner(text), import_classic.default.twice(2), import_node_path.default.sep, import_node_path.sep, local.name, Kept.name]
    }, 'compiled')
  `,
  'native.mjs': "import { fast } from 'fast-native'; export const uses = () => fast()",
  'hidden.mjs': "import { make } from 'loud'; const made = make(); export const uses = () => made()",
  'package.json': '{ "type": "module" }',
  'node_modules/loud/package.json': JSON.stringify({
    name: 'loud',
    version: '1.0.0',
    exports: { '.': { import: './index.mjs', require: './index.cjs' }, './tiny': './tiny.mjs' },
  }),
  'node_modules/loud/index.mjs': `
    import { join } from 'node:path'
    export { tiny } from './tiny.mjs'
    export const shout = text => join(text, '!')
    export class Voice { constructor(name) { this.name = name } say() { return shout(this.name) } }
    export const make = () => () => 'made'
    export default { shout, mark: '*', deep: { level: { here: true } } }
  `,
  'node_modules/loud/index.cjs': "exports.shout = text => text + '? (required)'",
  'node_modules/loud/tiny.mjs': "export const tiny = () => 'tiny'",
  'node_modules/classic/package.json': '{ "name": "classic", "version": "1.0.0", "main": "main.js" }',
  'node_modules/classic/main.js': 'module.exports = { twice: x => 2 * x }',
  'node_modules/fast-native/package.json': '{ "name": "fast-native", "version": "1.0.0", "main": "main.cjs" }',
  'node_modules/fast-native/main.cjs': "exports.fast = () => 1; exports.load = () => require('./build/fast.node')",
  'node_modules/fast-native/build/fast.node': 'not a script',
})
const there = new FreshProcess()
afterAll(() => {
  there[Symbol.dispose]()
  project[Symbol.dispose]()
})

describe('files of the user by value, packages by reference', () => {
  test.each<[file: string, name: string, args: unknown[], gives: unknown]>([
    ['main.mjs', 'usesHelper', [1], 12],
    ['main.mjs', 'isPoint', [], [true, 3, 0]],
    ['main.mjs', 'viaNamespace', [], 13],
    ['main.mjs', 'readsConfig', [], 3],
    ['main.mjs', 'shouts', ['a'], 'a/!'],
    ['main.mjs', 'defaults', ['b'], 'b/!'],
    ['main.mjs', 'namespaced', ['c'], 'c/!*'],
    ['main.mjs', 'subpath', [], 'tiny'],
    ['main.mjs', 'instance', [], ['v/!', true, 'v']],
    ['main.mjs', 'reached', [], ['a/!', 'tiny', true]],
    ['main.mjs', 'commonjs', [], 8],
    ['main.mjs', 'liveImport', [], 1],
    ['main.mjs', 'liveMember', [], 1],
    ['main.mjs', 'liveFunction', [], 1],
    ['hidden.mjs', 'uses', [], 'made'],
    ['plain.cjs', 'joins', [], 'a/b'],
    ['plain.cjs', 'shouts', ['a'], 'a? (required)'],
    ['plain.cjs', 'twice', [3], 6],
    ['plain.cjs', 'nears', [], 7],
    ['plain.cjs', 'counts', [], [1, 2, 2]],
    ['plain.cjs', 'sloppy', [], 'object'],
    ['plain.cjs', 'strict', [], 'undefined'],
    ['plain.cjs', 'where', [], 'plain.cjs'],
    ['plain.cjs', 'folder', [], 'picloud'],
    ['plain.cjs', 'undeclared', [], 5],
    ['compiled.cjs', 'compiled', ['a'], ['a? (required)', 4, '/', '/', 'renamed', 'Kept']],
    ['typed.ts', 'sum', [2], 3],
  ])('%s: %s', async (file, name, args, gives) => {
    const loaded = await project.load(file)
    const found = loaded[name] ?? (loaded['default'] as never as typeof loaded)[name]
    expect(await there.call(found as Function, ...args)).toEqual(gives)
  })

  test.each<[file: string, name: string, path: RegExp, why: RegExp]>([
    ['main.mjs', 'allOfNamespace', /→ helper\.unsendable$/, /WeakMap/],
    ['plain.cjs', 'requires', /→ require$/, /CommonJS/],
    ['native.mjs', 'uses', /uses$/, /fast-native, which has native code/],
  ])('%s: %s is refused', async (file, name, path, why) => {
    const loaded = await project.load(file)
    const found = loaded[name] ?? (loaded['default'] as never as typeof loaded)[name]
    let refusal: unknown
    try {
      capture(found as Function)
    } catch (error) {
      refusal = error
    }
    expect(refusal).toBeInstanceOf(CaptureError)
    expect((refusal as CaptureError).path.join(' → ')).toMatch(path)
    expect((refusal as CaptureError).reason).toMatch(why)
  })

  test('a package bundle is made once, and travels apart', async () => {
    const { shouts, instance, subpath } = await project.load('main.mjs')
    const [first, again] = [capture(shouts as Function), capture((() => shouts?.('b')) as Function)]
    expect(first.modules).toHaveLength(1)
    expect(first.modules[0]).toBe(again.modules[0])
    expect(first.bundle.byteLength).toBeLessThan(2_000)
    expect(capture(instance as Function).modules[0]?.hash).not.toBe(first.modules[0]?.hash)
    expect(capture(subpath as Function).modules[0]?.hash).not.toBe(first.modules[0]?.hash)
  })
})
