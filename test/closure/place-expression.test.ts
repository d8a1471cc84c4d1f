import { type AnyNode, parse } from 'acorn'
import { describe, expect, test } from 'vitest'
import { namesOf } from '../../lib/closure/names/names.ts'
import { placeContext } from '../../lib/closure/source/named-places.ts'
import { isComputedPlace, pathOfPlace, placeOfExpression } from '../../lib/closure/source/place-expression.ts'
import type { Script } from '../../lib/closure/source/script.ts'

const declared = `
const NAME = 'a.txt'
const folder = join(import.meta.dirname, 'texts')
const file = fileURLToPath(import.meta.url)
const known = new URL(\`texts/\${NAME}\`, import.meta.url)
let changed = import.meta.dirname
changed = 'elsewhere'
function names() { return name }
`

/** The last expression of a file at /home/ada/report/main.mjs. */
function read(expression: string): { node: AnyNode; context: NonNullable<ReturnType<typeof placeContext>> } {
  const source = `${declared}\n(${expression})`
  const program = parse(source, { ecmaVersion: 'latest', sourceType: 'module' })
  const script = { url: 'file:///home/ada/report/main.mjs', names: namesOf(program, true) } as Script
  const last = program.body.at(-1)
  const context = placeContext(script)
  if (last?.type !== 'ExpressionStatement' || context === undefined) throw new Error('not an expression of a file')
  return { node: last.expression, context }
}

describe('what an expression says of a place', () => {
  test.each([
    ['import.meta.url', 'url', 'file:///home/ada/report/main.mjs'],
    ['import.meta.filename', 'path', '/home/ada/report/main.mjs'],
    ['import.meta.dirname', 'path', '/home/ada/report'],
    ['__dirname', 'path', '/home/ada/report'],
    ['__filename', 'path', '/home/ada/report/main.mjs'],
    ['define_import_meta_default.url', 'url', 'file:///home/ada/report/main.mjs'],
    ['__vite_ssr_import_meta__.dirname', 'path', '/home/ada/report'],
    ["new URL('./a.txt', import.meta.url)", 'object', 'file:///home/ada/report/a.txt'],
    ["new URL('../b%20c.txt?x', import.meta.url)", 'object', 'file:///home/ada/b%20c.txt?x'],
    ["new URL('./a.txt', import.meta.url).href", 'url', 'file:///home/ada/report/a.txt'],
    ["new URL('./a.txt', import.meta.url).pathname", 'path', '/home/ada/report/a.txt'],
    ["import.meta.resolve('./a.txt')", 'url', 'file:///home/ada/report/a.txt'],
    ["new URL(import.meta.resolve('./a.txt'))", 'object', 'file:///home/ada/report/a.txt'],
    ["join(import.meta.dirname, '..', 'a.txt')", 'path', '/home/ada/a.txt'],
    ["(0, path.resolve)(__dirname, 'x/', 'a.txt')", 'path', '/home/ada/report/x/a.txt'],
    [`\`\${import.meta.dirname}/texts/\${NAME}\``, 'path', '/home/ada/report/texts/a.txt'],
    ["import.meta.dirname + '/a' + '.txt'", 'path', '/home/ada/report/a.txt'],
    ['join(folder, NAME)', 'path', '/home/ada/report/texts/a.txt'],
    ["join(dirname(file), 'a.txt')", 'path', '/home/ada/report/a.txt'],
    ["fileURLToPath(new URL('a.txt', import.meta.url))", 'path', '/home/ada/report/a.txt'],
    ["pathToFileURL(join(folder, 'a b'))", 'object', 'file:///home/ada/report/texts/a%20b'],
  ])('%s', (expression, form, text) => {
    const { node, context } = read(expression)
    expect(placeOfExpression(node, context)).toEqual({ form, text })
  })

  test.each([
    "'/home/ada'",
    'changed',
    "join(changed, 'a.txt')",
    "join('texts', 'a.txt')",
    "new URL('https://a.example', import.meta.url)",
    "new URL('/a', 'https://a.example')",
    "import.meta.resolve('lodash')",
    'import.meta',
    'import.meta.env',
    "import.meta['url']",
    'known',
  ])('nothing in %s', expression => {
    const { node, context } = read(expression)
    expect(placeOfExpression(node, context)).toBeUndefined()
  })

  test.each([
    ['join(import.meta.dirname, name)', true],
    [`\`\${folder}/\${name()}.txt\``, true],
    ["import.meta.dirname + '/' + name", true],
    ['new URL(name, import.meta.url)', true],
    [`fileURLToPath(new URL(\`./\${name}\`, import.meta.url))`, true],
    ["join(import.meta.dirname, 'a.txt')", false],
    ["join(name, 'a.txt')", false],
    ['read(import.meta.dirname, name)', false],
  ])('%s is computed: %s', (expression, computed) => {
    const { node, context } = read(expression)
    expect(isComputedPlace(node, context)).toBe(computed)
  })

  test('its path has neither dots nor a slash at the end, and is of a disk', () => {
    expect(pathOfPlace({ form: 'path', text: '/a/b/../c/' })).toBe('/a/c')
    expect(pathOfPlace({ form: 'object', text: 'file:///a/b%20c?x#y' })).toBe('/a/b c')
    expect(pathOfPlace({ form: 'url', text: 'https://a.example/b' })).toBeUndefined()
  })
})
