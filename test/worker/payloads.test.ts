import { readdirSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { MAX_INLINE_BYTES } from '../../lib/protocol/limits.ts'
import { pack } from '../../lib/protocol/packed.ts'
import { blobReferenceOf, encodeBlobReference } from '../../lib/protocol/payload.ts'
import { encode } from '../../lib/value/encode.ts'
import { Bench } from './harness.ts'

const bench = new Bench({ workers: 1 })
afterAll(() => bench[Symbol.asyncDispose]())

test('a large result becomes a blob of the job, and no file is left behind', async () => {
  const end = await bench.run((bytes: number) => Buffer.alloc(bytes, 7), [20_000_000])
  const reference = blobReferenceOf(end.outcome.payload)
  expect(reference?.key).toMatch(/^jobs\/\d+\/1-1\/result$/)
  expect(await bench.blobs.size({ key: reference?.key ?? '' })).toBe(reference?.size)
  const value = (await bench.valueOf(end)) as Buffer
  expect([value.length, value[0], value.at(-1)]).toEqual([20_000_000, 7, 7])
  expect(readdirSync(bench.blobs.folder).filter(name => name.startsWith('result-'))).toEqual([])
})

test.each([
  ['just fits', MAX_INLINE_BYTES - 100, false],
  ['is too large', MAX_INLINE_BYTES + 1, true],
])('a result that %s inline', async (_name, chars, isBlob) => {
  const end = await bench.run((count: number) => 'x'.repeat(count), [chars])
  expect(blobReferenceOf(end.outcome.payload) !== undefined).toBe(isBlob)
  expect(await bench.valueOf(end)).toHaveLength(chars)
})

test.each([
  ['from its file', true],
  ['that the store keeps in no file', false],
])('a large argument is read %s', async (_name, isFile) => {
  const store = isFile ? bench.blobs : { ...bench.blobs, file: async () => undefined }
  await using other = new Bench({ workers: 1, blobs: store })
  const key = `uploads/argument-${isFile}`
  const { parts, size } = encode([Buffer.alloc(20_000_000, 5), 'and more'])
  await bench.blobs.put({ key, parts })
  const args = pack([encodeBlobReference({ key, size })])
  const fn = (bytes: Buffer, more: string): unknown => [bytes.length, bytes[0], bytes.at(-1), more]
  const [end] = await other.start(fn, [[]], {}, { args }).ended
  expect(end && (await other.valueOf(end))).toEqual([20_000_000, 5, 5, 'and more'])
})

test('an argument whose blob is missing fails its job only', async () => {
  const args = pack([encodeBlobReference({ key: 'uploads/nowhere', size: 100_000 })])
  const [end] = await bench.start(() => 1, [[]], {}, { args }).ended
  expect(end?.failure?.code).toBe('decode')
  expect(await bench.value(() => 1)).toBe(1)
})

test('a large captured value travels with the function', async () => {
  const captured = Buffer.alloc(2_000_000, 9)
  expect(await bench.value(() => captured.length + (captured[5] as number))).toBe(2_000_009)
})

test('functions and instances of the caller’s classes come back', async () => {
  const end = await bench.run(() => ({ add: (a: number, b: number) => a + b }))
  expect(end.outcome.status).toBe('done')
})
