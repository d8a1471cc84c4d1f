import { expect, test } from 'vitest'
import { namedArguments } from '../../../lib/engine/submit/named-arguments.ts'
import type { Parameter } from '../../../lib/protocol/published.ts'

const parameter = (name: string, change: Partial<Parameter> = {}): Parameter => ({
  name,
  type: 'any',
  required: true,
  ...change,
})
const a = parameter('a')
const count = parameter('count', { type: 'number', required: false })
const names = parameter('names', { type: 'string[]' })
const rest = parameter('more', { required: false, rest: true })

test.each<[readonly Parameter[], Record<string, unknown>, unknown[]]>([
  [[], {}, []],
  [[a], { a: null }, [null]],
  [[a, count], { a: 1 }, [1]],
  [[a, count], { count: 2, a: 1 }, [1, 2]],
  [[count, a], { a: 1 }, [undefined, 1]],
  [[names], { names: [] }, [[]]],
  [[names], { names: ['x', 'y'] }, [['x', 'y']]],
  [[a, rest], { a: 1 }, [1]],
  [[a, rest], { a: 1, more: [2, 3] }, [1, 2, 3]],
])('%j takes %j', (parameters, given, args) => {
  expect(namedArguments(parameters, given)).toEqual(args)
})

test.each<[readonly Parameter[], Record<string, unknown>, RegExp]>([
  [[], { a: 1 }, /no argument a\. It takes none/],
  [[a, count], { a: 1, cuont: 2 }, /no argument cuont\. It takes a, count/],
  [[a], {}, /argument a is missing/],
  [[a], JSON.parse('{"__proto__": 1, "a": 1}'), /no argument __proto__/],
  [[a], { constructor: 1 }, /no argument constructor/],
  [[count], { count: '2' }, /argument count is wrong\. It takes a number/],
  [[count], { count: null }, /argument count is wrong/],
  [[names], { names: 'x' }, /argument names is wrong\. It takes a list of texts/],
  [[names], { names: ['x', 1] }, /argument names is wrong/],
  [[rest], { more: 1 }, /argument more is wrong\. It takes a list/],
])('%j refuses %j', (parameters, given, why) => {
  const refusal = { code: 'invalid-request', message: expect.stringMatching(why) }
  expect(() => namedArguments(parameters, given)).toThrow(expect.objectContaining(refusal))
})
