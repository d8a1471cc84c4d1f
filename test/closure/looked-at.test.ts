import { expect, test } from 'vitest'
import type { PackageUse } from '../../lib/closure/packages/entry-text.ts'
import { earlierLook, noteLook } from '../../lib/closure/packages/looked-at.ts'

const use = (file: string, members: readonly string[] | undefined, by: 'import' | 'inside' = 'import'): PackageUse => ({
  entry: { file, by, specifier: 'it' },
  members: members && new Set(members),
})

const fresh = {
  roots: { '["m0","a"]': 0, '["m0","b"]': 1, '["m1"]': 2, '["m2","x"]': 3 },
  objects: [{}, {}, {}, {}],
  functions: [1],
}
noteLook([use('/a.js', ['a', 'b']), use('/w.js', undefined), use('/a.js', ['x'], 'inside')], fresh)

test.each<[string, PackageUse[], Record<string, number> | undefined]>([
  ['the same', [use('/a.js', ['a', 'b']), use('/w.js', undefined), use('/a.js', ['x'], 'inside')], fresh.roots],
  [
    'less of each, in another order',
    [use('/a.js', [], 'inside'), use('/a.js', ['b']), use('/w.js', undefined)],
    { '["m1","b"]': 1, '["m2"]': 2 },
  ],
  ['more of one', [use('/a.js', ['a', 'c']), use('/w.js', undefined), use('/a.js', ['x'], 'inside')], undefined],
  ['one as a whole', [use('/a.js', undefined), use('/w.js', undefined), use('/a.js', ['x'], 'inside')], undefined],
  ['a part of a whole', [use('/a.js', ['a']), use('/w.js', ['a']), use('/a.js', ['x'], 'inside')], undefined],
  ['another file', [use('/a.js', ['a']), use('/v.js', undefined), use('/a.js', ['x'], 'inside')], undefined],
  ['a file in another way', [use('/a.js', ['a']), use('/w.js', undefined), use('/a.js', ['x'])], undefined],
  ['fewer files', [use('/a.js', ['a'])], undefined],
])('what was seen before serves %s', (_, uses, roots) => {
  expect(earlierLook(uses)).toEqual(roots && { ...fresh, roots })
})

test('what was looked at is what was used then', () => {
  const members = new Set(['a'])
  const growing = { ...use('/g.js', []), members }
  noteLook([growing], { roots: { '["m0","a"]': 0 }, objects: [{}], functions: [] })
  members.add('b')
  expect(earlierLook([growing])).toBeUndefined()
})
