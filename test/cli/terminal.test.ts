import { expect, test } from 'vitest'
import { json } from '../../lib/cli/terminal.ts'
import { CloudException } from '../../lib/protocol/errors.ts'

test('what JSON has no words for is told all the same', () => {
  const error = new CloudException('no luck', { code: 'exception', jid: 7 })
  const document = json({ big: 2n ** 70n, map: new Map([['a', 1]]), set: new Set([1]), none: undefined, error })
  expect(JSON.parse(document)).toEqual({
    big: '1180591620717411303424',
    map: [['a', 1]],
    set: [1],
    error: { name: 'CloudException', message: 'no luck', code: 'exception', jid: 7 },
  })
  expect(json(undefined)).toBe('null\n')
})
