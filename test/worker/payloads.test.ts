import { readdirSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import type { Blobs } from '../../lib/engine/ports/blobs.ts'
import { MAX_INLINE_BYTES } from '../../lib/protocol/limits.ts'
import { pack } from '../../lib/protocol/packed.ts'
import { blobReferenceOf, encodeBlobReference } from '../../lib/protocol/payload.ts'
import { encode, gather } from '../../lib/value/encode.ts'
import { Bench } from './harness.ts'

const bench = new Bench({ workers: 1 })
afterAll(() => bench[Symbol.asyncDispose]())

test('a large result becomes a blob of the job, and no file is left behind', async () => {
  const end = await bench.run((bytes: number) => Buffer.alloc(bytes, 7), [20_000_000])
  const reference = blobReferenceOf(end.outcome.payload)
  expect(reference?.key).toMatch(/^jobs\/\d+\/1-1\/result-[0-9a-f-]+$/)
  expect(await bench.blobs.size({ key: reference?.key ?? '' })).toBe(reference?.size)
  const value = (await bench.valueOf(end)) as Buffer
  expect([value.length, value[0], value.at(-1)]).toEqual([20_000_000, 7, 7])
  expect(readdirSync(bench.blobs.folder).filter(name => name.startsWith('result-'))).toEqual([])
})

test('a large result of a launch that was given up comes late, harms none of the next launch, and goes', async () => {
  const [held, isAsked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const late: string[] = []
  const gone = Promise.withResolvers<string>()
  const store: Partial<Blobs> = {
    async adopt({ key, file }) {
      if (late.push(key) === 1) {
        isAsked.resolve()
        await held.promise
      }
      await bench.blobs.adopt({ key, file })
    },
    async delete({ key }) {
      await bench.blobs.delete({ key })
      gone.resolve(key)
    },
  }
  await using other = new Bench({ workers: 2, blobs: { ...bench.blobs, ...store } })
  const fn = (byte: number): Buffer => Buffer.alloc(2_000_000, byte)
  // A claim that was not kept is made again, with the same attempt.
  const same = { first: 900_000, attempt: 1 }
  const before = other.start(fn, [[1]], {}, same)
  await isAsked.promise
  before.launch.abandon()
  const [end] = await other.start(fn, [[2]], {}, same).ended
  held.resolve()
  expect(await gone.promise).toBe(late[0])
  expect(await bench.blobs.size({ key: late[0] ?? '' })).toBeUndefined()
  const value = end && ((await bench.valueOf(end)) as Buffer)
  expect([value?.length, value?.[0], value?.at(-1)]).toEqual([2_000_000, 2, 2])
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

test('an argument whose blob is missing fails its job alone', async () => {
  const missing = encodeBlobReference({ key: 'uploads/nowhere', size: 100_000 })
  const args = pack([gather(encode(['before'])), missing, gather(encode(['after']))])
  const ends = await bench.start((x: string) => x, [[], [], []], {}, { args }).ended
  expect(ends.map(({ failure }) => failure?.code)).toEqual([undefined, 'decode', undefined])
})

test('a large captured value travels with the function', async () => {
  const captured = Buffer.alloc(2_000_000, 9)
  expect(await bench.value(() => captured.length + (captured[5] as number))).toBe(2_000_009)
})

test('functions and instances of the caller’s classes come back', async () => {
  const end = await bench.run(() => ({ add: (a: number, b: number) => a + b }))
  expect(end.outcome.status).toBe('done')
})

test('functions with ever new captured state run as themselves, and do not fill the child', async () => {
  await using small = new Bench({ workers: 1, memoryLimit: 500 * 1024 ** 2 })
  const make = (state: number, ballast: Buffer) => () => state + ballast.length
  const none = Buffer.alloc(0)
  const states = Array.from({ length: 2_500 }, (_, state) => state)
  expect(await Promise.all(states.map(state => small.value(make(state, none))))).toEqual(states)
  for (let state = 0; state < 250; state++) {
    expect(await small.value(make(state, Buffer.alloc(2e6, state)))).toBe(state + 2e6)
  }
  expect(await small.value(make(1, none))).toBe(1)
})
