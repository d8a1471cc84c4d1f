import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { createKeys } from '../../lib/aws/keys.ts'
import type { Item, Table } from '../../lib/aws/table.ts'

const sha256 = (text: string): Uint8Array => createHash('sha256').update(text).digest()
const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

function begin() {
  const records = new Map<string, Item>()
  const count = { reads: 0, secrets: 0 }
  const time = { now: 1_000 }
  // The two verbs that keys are kept by.
  const table = {
    async get({ sk }: { sk: string }) {
      count.reads++
      return records.get(sk)
    },
    async put({ sk }: { sk: string }, item: Item) {
      if (records.has(sk)) return { kept: false, old: records.get(sk) }
      records.set(sk, item)
      return { kept: true }
    },
  } as unknown as Table
  const secret = async (): Promise<string> => {
    count.secrets++
    return 'first:secret'
  }
  const keys = createKeys({ table, now: () => time.now, first: { id: 1, secret } })
  return { keys, records, count, time }
}

test('the first key is known from its secret, once', async () => {
  const { keys, records, count, time } = begin()
  expect(await keys.principalOf(basic('1:first:secret'))).toEqual({ kind: 'owner' })
  time.now += 60_001
  expect(await keys.principalOf(basic('1:first:secret'))).toEqual({ kind: 'owner' })
  expect(count).toEqual({ reads: 2, secrets: 1 })
  expect(JSON.stringify([...records.values()])).not.toContain('first:secret')
})

test('a record is believed for a minute', async () => {
  const { keys, records, count, time } = begin()
  records.set('0000000000000002', { hash: { B: sha256('two') } })
  for (let nth = 0; nth < 3; nth++) expect(await keys.principalOf(basic('2:two'))).toEqual({ kind: 'owner' })
  expect(count.reads).toBe(1)
  records.set('0000000000000002', { hash: { B: sha256('two') }, revoked: { N: '1' } })
  time.now += 60_001
  expect(await keys.principalOf(basic('2:two'))).toBeUndefined()
})

test.each([
  null,
  '',
  'Bearer abc',
  'Basic',
  'Basic !!!',
  basic(''),
  basic('1'),
  basic('1:'),
  basic('0:first:secret'),
  basic('-1:first:secret'),
  basic('01:first:secret'),
  basic('one:first:secret'),
  basic('1:first:secre'),
  basic('1:first:secrets'),
  basic('2:first:secret'),
  basic(`1:${'x'.repeat(600)}`),
])('%s is nobody’s', async header => {
  expect(await begin().keys.principalOf(header)).toBeUndefined()
})
