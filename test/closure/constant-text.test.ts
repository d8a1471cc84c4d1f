import { type AnyNode, type ExpressionStatement, parse } from 'acorn'
import { describe, expect, test } from 'vitest'
import { startOfText } from '../../lib/closure/names/constant-text.ts'
import { namesOf } from '../../lib/closure/names/names.ts'

/** What `import()` of the last line names. */
function named(text: string): string | undefined {
  const { specials } = namesOf(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }), true)
  return specials.find(({ kind }) => kind === 'import')?.specifier
}

describe('the module that import() names', () => {
  test.each([
    ["import('a')", 'a'],
    ['import(`a`)', 'a'],
    ["const a = './a'; import(a)", './a'],
    [`const a = 'a'; const b = \`\${a}/b\`; import(b + '.js')`, 'a/b.js'],
    ["import(a); const a = 'x'", 'x'],
    ["const a = 'x'; { const a = 'y'; import(a) }", 'y'],
    ["const a = 'x'; const f = () => import(a)", 'x'],
  ])('%s', (text, name) => {
    expect(named(text)).toBe(name)
  })

  test.each([
    ["let a = 'a'; import(a)"],
    ["const a = 'a'; const f = a => import(a)"],
    ["const { a } = { a: 'a' }; import(a)"],
    ['const a = b; const b = a; import(a)'],
    ["const a = 1; import(a + 'b')"],
    ["import('a' - 'b')"],
    ["const a = 'a'; eval('x'); import(a)"],
    ['import(unknown)'],
  ])('is computed: %s', text => {
    expect(named(text)).toBeUndefined()
  })

  test.each([
    ["'node:' + x", 'node:'],
    ["'node:' + x + 'y'", 'node:'],
    [`\`node:\${x}\``, 'node:'],
    ["x + 'node:'", ''],
    ['f(x)', ''],
  ])('the start of %s is known', (text, start) => {
    const [statement] = parse(text, { ecmaVersion: 'latest' }).body
    expect(startOfText((statement as ExpressionStatement).expression as AnyNode)).toBe(start)
  })
})
