import { expect, test } from 'vitest'
import { untilAborted } from '../../../lib/client/service/until-aborted.ts'

async function all(source: AsyncIterable<number>, signal?: AbortSignal): Promise<number[]> {
  return await Array.fromAsync(untilAborted(source, signal))
}

test('gives what the source gives, and fails as it fails', async () => {
  async function* three() {
    yield* [1, 2, 3]
  }
  async function* broken() {
    yield 1
    throw new Error('the disk')
  }
  expect(await all(three())).toEqual([1, 2, 3])
  expect(await all(three(), new AbortController().signal)).toEqual([1, 2, 3])
  await expect(all(broken(), new AbortController().signal)).rejects.toThrow('the disk')
})

test('ends at the signal while the source gives nothing', async () => {
  const controller = new AbortController()
  async function* silent() {
    yield 1
    controller.abort('enough')
    await new Promise<never>(() => undefined)
  }
  await expect(all(silent(), controller.signal)).rejects.toBe('enough')
  await expect(all(silent(), AbortSignal.abort('before'))).rejects.toBe('before')
})

test('a source whose reader leaves is told so', async () => {
  let ended = false
  async function* endless() {
    try {
      for (let n = 0; ; n++) yield n
    } finally {
      ended = true
    }
  }
  for await (const n of untilAborted(endless(), undefined)) if (n === 3) break
  expect(ended).toBe(true)
})
