import { expect, test } from 'vitest'
import { recordsOf } from '../../../lib/engine/ports/records.ts'
import { compareNames } from '../../../lib/engine/ports/registry.ts'
import { createRegistry } from '../../../lib/memory/registry.ts'

test('changes that come at once are all kept', async () => {
  const counts = recordsOf<number>(createRegistry(), 'cron')
  await Promise.all(Array.from({ length: 20 }, () => counts.change('n', (count = 0) => count + 1)))
  expect((await counts.get('n'))?.value).toBe(20)
})

test('what is not to change stays, and what is thrown changes nothing', async () => {
  const counts = recordsOf<number>(createRegistry(), 'cron')
  const version = await counts.put('n', 1)
  expect(await counts.change('n', () => undefined)).toBe(1)
  const refused = counts.change('n', () => {
    throw new Error('no')
  })
  await expect(refused).rejects.toThrow('no')
  expect(await counts.get('n')).toEqual({ name: 'n', value: 1, version })
})

test('all are walked, each once', async () => {
  const counts = recordsOf<number>(createRegistry(), 'cron')
  for (let nth = 0; nth < 250; nth++) await counts.put(`n${nth}`, nth)
  await counts.put('m', 0)
  const seen: string[] = []
  for await (const { name } of counts.each('n')) seen.push(name)
  expect([seen.length, new Set(seen).size]).toEqual([250, 250])
})

test.each([
  ['a', 'b', -1],
  ['a', 'a', 0],
  ['a', 'ab', -1],
  ['', 'a', -1],
  // By UTF-16 units it would be the other way round.
  ['\uFFFD', '\u{1F600}', -1],
])('%s before %s: %d', (one, other, sign) => {
  expect(Math.sign(compareNames(one, other))).toBe(sign)
  expect(Math.sign(compareNames(other, one))).toBe(-sign || 0)
})
