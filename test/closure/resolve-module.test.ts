import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { givenConditions } from '../../lib/closure/packages/conditions.ts'
import { mappedTarget } from '../../lib/closure/packages/export-map.ts'
import { resolveModule } from '../../lib/closure/packages/resolve-module.ts'
import { Project } from './project.ts'

const project = new Project({
  'package.json': JSON.stringify({
    name: 'root',
    exports: { './own': { require: './own.cjs', default: './own.mjs' } },
    imports: {
      '#file': './own.mjs',
      '#in/*': './src/*.mjs',
      '#in/*/deep': './own.mjs',
      '#dual': 'dual/sub/x',
      '#way': { import: './own.mjs', require: './own.cjs' },
    },
  }),
  'asks.mjs': 'export const where = name => import.meta.resolve(name)',
  'own.mjs': '',
  'own.cjs': '',
  'src/a.mjs': '',
  'src/b/deep.mjs': '',
  'node_modules/dual/package.json': JSON.stringify({
    exports: {
      '.': [{ import: { node: './i.mjs' } }, './none.mjs'],
      './sub/*': { 'module-sync': './s/*.mjs', import: './wrong.mjs' },
      './sub/*.js': './s/*.mjs',
      './sub/closed/*': null,
      './package.json': './package.json',
    },
  }),
  'node_modules/dual/i.mjs': '',
  'node_modules/dual/s/x.mjs': '',
  'node_modules/dual/s/y/z.mjs': '',
  'node_modules/plain/package.json': '{ "main": "lib" }',
  'node_modules/plain/lib/index.js': '',
  'node_modules/plain/other.js': '',
  'node_modules/bare/index.js': '',
  'node_modules/@scope/one/package.json': '{ "exports": "./it.mjs" }',
  'node_modules/@scope/one/it.mjs': '',
  'deep/er/asks.mjs': 'export const where = name => import.meta.resolve(name)',
  'deep/node_modules/plain/index.js': '',
})
afterAll(() => project[Symbol.dispose]())

describe('an import resolves as Node resolves it', () => {
  test.each([
    ['asks.mjs', './own.mjs'],
    ['asks.mjs', './src/b/deep.mjs'],
    ['asks.mjs', 'root/own'],
    ['asks.mjs', '#file'],
    ['asks.mjs', '#in/a'],
    ['asks.mjs', '#in/b/deep'],
    ['asks.mjs', '#dual'],
    ['asks.mjs', '#way'],
    ['asks.mjs', 'dual'],
    ['asks.mjs', 'dual/sub/x'],
    ['asks.mjs', 'dual/sub/x.js'],
    ['asks.mjs', 'dual/sub/y/z'],
    ['asks.mjs', 'dual/package.json'],
    ['asks.mjs', 'plain'],
    ['asks.mjs', 'plain/other.js'],
    ['asks.mjs', 'bare'],
    ['asks.mjs', '@scope/one'],
    ['deep/er/asks.mjs', 'plain'],
    ['deep/er/asks.mjs', 'bare'],
  ])('%s: %s', async (importer, specifier) => {
    const { where } = await project.load(importer)
    const file = resolveModule(specifier, pathToFileURL(join(project.folder, importer)).href, 'import')
    expect(file).toBeDefined()
    expect(pathToFileURL(file as string).href).toBe(where?.(specifier))
  })

  test.each(['dual/sub/closed/x', 'dual/i.mjs', 'root', '#none', 'nowhere', 'alias:thing', 'node:fs', 'fs'])(
    '%s is nothing of a file’s',
    specifier => {
      expect(resolveModule(specifier, join(project.folder, 'asks.mjs'), 'import')).toBeUndefined()
    },
  )

  test.each(['#way', 'root/own', 'plain', './own.cjs'])('%s required', specifier => {
    const importer = join(project.folder, 'asks.mjs')
    expect(resolveModule(specifier, importer, 'require')).toBe(createRequire(importer).resolve(specifier))
  })
})

describe('maps of exports', () => {
  test.each<[map: unknown, subpath: string, conditions: string[], target: string | undefined]>([
    ['./a.js', '.', [], './a.js'],
    [{ import: './a.js' }, '.', ['import'], './a.js'],
    [{ import: './a.js' }, '.', ['require'], undefined],
    [{ custom: './c.js', import: './a.js' }, '.', ['import', 'custom'], './c.js'],
    [{ '.': { node: { import: null, default: './d.js' }, default: './e.js' } }, '.', ['node', 'import'], undefined],
    [{ '.': { node: { other: './o.js' }, default: './e.js' } }, '.', ['node'], './e.js'],
    [{ './a/*': './x/*.js', './a/b/*': './y/*.js' }, './a/b/c', [], './y/c.js'],
    [{ './*': './*.js', './*.css': './css/*' }, './a.css', [], './css/a'],
    [{ './a': './a.js' }, './b', [], undefined],
  ])('%j %s under %j', (map, subpath, conditions, target) => {
    expect(mappedTarget(map, subpath, new Set(conditions))).toBe(target)
  })
})

test.each<[args: string[], options: string, conditions: string[]]>([
  [[], '', []],
  [['--conditions=a', '-C', 'b'], '', ['a', 'b']],
  [['-C=a'], '--conditions c --max-old-space-size=10', ['a', 'c']],
  [['--enable-source-maps', '--no-C'], '', []],
])('conditions of %j and %j', (args, options, conditions) => {
  expect(givenConditions(args, options)).toEqual(conditions)
})
