import { expect, test } from 'vitest'
import { hasCircle } from '../../lib/closure/packages/import-circle.ts'

type Inputs = Parameters<typeof hasCircle>[0]
type Kind = Inputs[string]['imports'][number]['kind']

const importing = (paths: readonly string[], kind: Kind = 'import-statement'): Inputs[string] => ({
  imports: paths.map(path => ({ path, kind })),
})

test.each<[string, Inputs, boolean]>([
  ['one file', { '/a.js': importing([]) }, false],
  ['a file that imports itself', { '/a.js': importing(['/a.js']) }, true],
  ['two that import each other', { '/a.js': importing(['/b.js']), '/b.js': importing(['/a.js']) }, true],
  [
    'one that two ways lead to',
    { '/a.js': importing(['/b.js', '/c.js']), '/b.js': importing(['/c.js']), '/c.js': importing([]) },
    false,
  ],
  [
    'a circle further down',
    { '/a.js': importing(['/b.js']), '/b.js': importing(['/c.js']), '/c.js': importing(['/b.js'], 'require-call') },
    true,
  ],
  [
    'a circle that is closed by `import()`',
    { '/a.js': importing(['/b.js']), '/b.js': importing(['/a.js'], 'dynamic-import') },
    false,
  ],
  ['a circle elsewhere', { '/a.js': importing([]), '/b.js': importing(['/b.js']) }, false],
  ['a file that is not there', { '/b.js': importing(['/b.js']) }, false],
])('of %s', (_, inputs, expected) => {
  expect(hasCircle(inputs, '/a.js')).toBe(expected)
})

test('a path of 20,000 files', () => {
  const files = Array.from({ length: 20_000 }, (_, index) => `/${index}.js`)
  const inputs = Object.fromEntries(files.map((file, index) => [file, importing(files.slice(index + 1, index + 2))]))
  expect(hasCircle(inputs, '/0.js')).toBe(false)
  expect(hasCircle({ ...inputs, '/19999.js': importing(['/10000.js']) }, '/0.js')).toBe(true)
})
