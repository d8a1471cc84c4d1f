import { expect, test } from 'vitest'
import { credentialsFrom } from '../../../lib/engine/service/credentials.ts'

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

test.each([
  ['a key', basic('7:hush'), { kind: 'key', id: 7, secret: 'hush' }],
  ['a secret with colons', basic('7:a:b:'), { kind: 'key', id: 7, secret: 'a:b:' }],
  ['the scheme in other letters', basic('7:hush').replace('Basic', 'bASIC  '), { kind: 'key', id: 7, secret: 'hush' }],
  ['a user', basic('admin:pass wörd'), { kind: 'user', username: 'admin', secret: 'pass wörd' }],
  ['what is no key’s number', basic('01:x'), { kind: 'user', username: '01', secret: 'x' }],
  ['a number too long', basic('1234567890:x'), { kind: 'user', username: '1234567890', secret: 'x' }],
])('%s is read', (_, header, expected) => {
  expect(credentialsFrom(header)).toEqual(expected)
})

test.each([
  ['nothing', null],
  ['an empty header', ''],
  ['another scheme', 'Bearer abc'],
  ['no text', 'Basic'],
  ['what is no base64', 'Basic !!!'],
  ['base64 that does not end', 'Basic YWJ='],
  ['bytes that are no text', `Basic ${Buffer.from([55, 58, 255]).toString('base64')}`],
  ['an empty pair', basic('')],
  ['a name alone', basic('1')],
  ['no secret', basic('1:')],
  ['no name', basic(':x')],
  ['more than a header may have', basic(`1:${'x'.repeat(2_000)}`)],
])('%s is refused', (_, header) => {
  expect(credentialsFrom(header)).toBeUndefined()
})
