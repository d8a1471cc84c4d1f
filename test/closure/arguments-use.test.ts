import { type AnyNode, type ExpressionStatement, parse } from 'acorn'
import { describe, expect, test } from 'vitest'
import { onlyReadsArguments } from '../../lib/closure/source/arguments-use.ts'

function ofBody(body: string): boolean {
  const program = parse(`(function () { ${body} })`, { ecmaVersion: 'latest' })
  return onlyReadsArguments((program.body[0] as ExpressionStatement).expression as AnyNode)
}

describe('what a function does with its arguments', () => {
  test.each([
    'arguments[0] + arguments.length',
    '() => arguments[i]',
    '[...arguments]',
    'f(...arguments)',
    'f(arguments[0])',
    'for (const each of arguments) f(each)',
    'f.apply(this, arguments)',
    'Reflect.apply(f, this, arguments)',
    '[].slice.call(arguments, 1)',
    'Array.prototype.slice.call(arguments)',
    'Array.from(arguments)',
    'typeof arguments',
    'delete x.arguments; x.arguments = 1',
    '({ arguments: 1 })',
    'function own() { arguments[0] = 1 }',
    'x[arguments[0]] = 1',
    '[x = arguments[0]] = y',
    '({ a: x = arguments[0] } = y)',
  ])('only reads: %s', body => {
    expect(ofBody(body)).toBe(true)
  })

  test.each([
    'arguments[0] = 1',
    'arguments[0] += 1',
    'arguments[0]++',
    'delete arguments[0]',
    '() => { arguments[i] = 1 }',
    '[arguments[0]] = x',
    '[arguments[0] = 2] = x',
    '[...arguments[0]] = x',
    '({ a: arguments[0] } = x)',
    '({ ...arguments[0] } = x)',
    'for (arguments[0] of x);',
    'for (arguments[0] in x);',
    'const all = arguments',
    'f(arguments)',
    'f.call(arguments)',
    'arguments.apply(x, arguments)',
    '[].shift.call(arguments)',
    'f.apply(arguments)',
    'return arguments',
    'return { arguments }',
    '[arguments]',
    'arguments[0]()',
    'arguments[0]`x`',
    'eval(x)',
    '(x = arguments) => x',
  ])('may assign: %s', body => {
    expect(ofBody(body)).toBe(false)
  })
})
