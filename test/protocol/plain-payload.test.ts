import { expect, test } from 'vitest'
import { encodeBlobReference } from '../../lib/protocol/payload.ts'
import { encodePlain, type Plain, plainOf, valueOfPlain } from '../../lib/protocol/plain-payload.ts'
import { encode, gather } from '../../lib/value/encode.ts'

test.each<[Plain, unknown]>([
  [{ kind: 'json', json: '{"a":[1,null]}' }, { a: [1, null] }],
  [{ kind: 'json', json: 'null' }, null],
  [{ kind: 'text', text: '' }, ''],
  [{ kind: 'text', text: 'Grüße 🎈' }, 'Grüße 🎈'],
  [{ kind: 'bytes', bytes: new Uint8Array([0, 255, 7]) }, new Uint8Array([0, 255, 7])],
])('%j comes back', (plain, value) => {
  const read = plainOf(encodePlain(plain))
  expect(read).toEqual(plain)
  expect(read && valueOfPlain(read)).toEqual(value)
})

test('payloads of other kinds are none of these', () => {
  expect(plainOf(gather(encode([1])))).toBeUndefined()
  expect(plainOf(encodeBlobReference({ key: 'uploads/x', size: 1 }))).toBeUndefined()
  expect(plainOf(new Uint8Array())).toBeUndefined()
})

test.each([
  [new Uint8Array([0xb1, 0xff]), 'no UTF-8'],
  [new Uint8Array([0xb2, 0xc0, 0x80]), 'no UTF-8'],
])('broken text is refused', (payload, why) => {
  expect(() => plainOf(payload)).toThrow(
    expect.objectContaining({ code: 'decode', message: expect.stringContaining(why) }),
  )
})

test('broken JSON is refused', () => {
  expect(() => valueOfPlain({ kind: 'json', json: '{' })).toThrow(expect.objectContaining({ code: 'decode' }))
})
