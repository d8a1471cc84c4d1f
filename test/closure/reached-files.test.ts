import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { MAX_FILES, MAX_FOLLOWED, MAX_LOOKS, reachedFiles } from '../../lib/closure/graph/reached-files.ts'
import { Project } from './project.ts'

/** How many files a package's function leads to. */
function reached(files: Readonly<Record<string, string>>): number {
  using project = new Project(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`node_modules/many/${name}`, text])),
  )
  const load = createRequire(join(project.folder, 'index.js'))
  return reachedFiles(load('./node_modules/many/index.js') as Function).length
}

const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `f${index}`)

test('a file leads to those whose functions it sees, through objects and on', () => {
  const files = {
    'index.js': `const { get } = require('./a'); const b = require('./b'); module.exports = () => [get, b]`,
    'a.js': `const c = require('./c'); exports.get = () => c`,
    'b.js': `exports.list = [1]; exports.f = () => exports`,
    'c.js': `module.exports = class {}`,
    'd.js': `module.exports = () => 1`,
  }
  expect(reached(files)).toBe(4)
})

test('what is of no package leads nowhere', () => {
  expect(reachedFiles(() => 1)).toEqual([])
})

test.each([
  { count: MAX_FILES, gives: MAX_FILES },
  { count: MAX_FILES + 1, gives: MAX_FILES },
])('of $count files one leads to $gives', ({ count, gives }) => {
  const chain = names(count).map((name, index) => {
    const next = index === count - 1 ? '1' : `require('./f${index + 1}')`
    return [index === 0 ? 'index.js' : `${name}.js`, `const next = ${next}; module.exports = () => next`]
  })
  expect(reached(Object.fromEntries(chain) as Record<string, string>)).toBe(gives)
})

test.each([
  // Each file takes so many looks: at its own functions, and at that of the next file. The first one takes another.
  { looks: (MAX_LOOKS - 1) / 27, gives: 28 },
  { looks: (MAX_LOOKS - 1) / 27 + 1, gives: 27 },
])('with $looks looks a file, $gives files are reached', ({ looks, gives }) => {
  const own = names(looks - 1).map(name => `${name}: () => 1`)
  const chain = names(30).map((name, index) => {
    const next = index === 29 ? '1' : `require('./f${index + 1}')`
    const text = `const object = { ${own.join()}, next: ${next} }; module.exports = () => object`
    return [index === 0 ? 'index.js' : `${name}.js`, text]
  })
  // An object is followed that far.
  expect(looks).toBeLessThanOrEqual(MAX_FOLLOWED)
  expect(reached(Object.fromEntries(chain) as Record<string, string>)).toBe(gives)
})

test.each([
  { count: MAX_FOLLOWED - 1, gives: 2 },
  { count: MAX_FOLLOWED, gives: 1 },
])('with $count properties before the one that leads on, $gives are reached', ({ count, gives }) => {
  const text = `const object = { ${names(count)
    .map(name => `${name}: 1`)
    .join()}, other: require('./other') }; module.exports = () => object`
  expect(reached({ 'index.js': text, 'other.js': 'module.exports = () => 1' })).toBe(gives)
})
