import { expect, test } from 'vitest'
import { decode } from '../../lib/value/decode.ts'
import { encode, gather } from '../../lib/value/encode.ts'

test.each([
  ['as it was made', () => new RangeError('x')],
  ['as it was written', () => Object.assign(new TypeError('y'), { stack: 'mine' })],
])('an error’s stack travels as text, %s', (_, make) => {
  const error = make()
  const back = decode(gather(encode(error))) as Error
  expect(back).toBeInstanceOf(error.constructor)
  expect([back.message, back.stack]).toEqual([error.message, error.stack])
  expect(Object.keys(back)).toEqual([])
})
