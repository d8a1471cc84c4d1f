import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { keyOf, numberKey, partition, prefix, SHARDS, shardOf, timeKey } from '../../lib/aws/table-schema.ts'

const jid = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })

property.prop([jid, jid])('numbers sort as their keys do', (one, other) => {
  expect(numberKey(one) < numberKey(other)).toBe(one < other)
})

property.prop([jid, jid, jid, jid])('entries sort by time, then by submission', (time, id, later, other) => {
  const isBefore = time < later || (time === later && id < other)
  expect(timeKey(time, id) < timeKey(later, other)).toBe(isBefore)
})

property.prop([jid])('a pointer and its listings are found by the submission’s shard', submission => {
  const shard = shardOf(submission)
  expect(shard).toBeGreaterThanOrEqual(0)
  expect(shard).toBeLessThan(SHARDS)
  expect(keyOf.pointer(submission).pk).toBe(partition.pointers(shard))
  expect(keyOf.byTime(1, submission).pk).toBe(partition.byTime(shard))
  expect(keyOf.byLabel('a', 1, submission).pk).toBe(partition.byLabel(shard, 'a'))
})

test.each([1, 100])('submissions that begin every %i jids spread over all shards', step => {
  const shards = new Set(Array.from({ length: 10 * SHARDS }, (_, index) => shardOf(1 + step * index)))
  expect(shards.size).toBe(SHARDS)
})

test('all of a block lies in one partition, each kind apart and in the order of its jids', () => {
  const items = [keyOf.segment, keyOf.run].flatMap(make => [make(7, 0), make(7, 9), make(7, 99)])
  items.push(keyOf.arguments(7, 3, 0), keyOf.payloads(7, 3, 12, 0))
  expect(new Set(items.map(({ pk }) => pk))).toEqual(new Set([partition.block(7)]))
  expect(new Set(items.map(({ sk }) => sk)).size).toBe(items.length)
  const runs = items.map(({ sk }) => sk).filter(sk => sk.startsWith(prefix.run))
  expect(runs).toEqual([...runs].sort())
})

test('labels with the separator in them stay apart', () => {
  const [one, other] = ['a#1', 'a'].map(label => keyOf.byLabel(label, 1, 1).pk)
  expect(one).not.toBe(other)
})

test('keys lie in one partition, by their ids', () => {
  expect(keyOf.record('keys', 'a').pk).toBe(keyOf.record('keys', 'b').pk)
  expect(keyOf.record('keys', 'a').pk).not.toBe(keyOf.record('cron', 'a').pk)
})
