import { describe, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { CaptureError } from '../../lib/closure/capture-error.ts'
import { whenSettled } from '../../lib/closure/nodes/promises.ts'
import { decodeParcel, encodeParcel } from '../../lib/closure/parcel.ts'
import { encodeResult } from '../../lib/closure/parcel-result.ts'
import { gather } from '../../lib/value/encode.ts'

function refusalOf(again: () => unknown): unknown {
  try {
    again()
  } catch (error) {
    return error
  }
  throw new Error('it was not refused')
}

describe('pending promises', () => {
  test('are waited for, one after the other, then captured', async () => {
    const one = Promise.withResolvers<number>()
    const two = Promise.withResolvers<number>()
    const promises = [one.promise, two.promise]
    const fn = () => promises
    const refusal = refusalOf(() => capture(fn))
    expect(refusal).toBeInstanceOf(CaptureError)
    expect(refusal).toMatchObject({ reason: 'a promise can’t be sent while it is pending' })
    const captured = whenSettled(refusal, () => capture(fn))
    setImmediate(() => {
      two.resolve(2)
      setImmediate(() => one.resolve(1))
    })
    expect((await captured)?.name).toBe('fn')
  })

  test('are waited for up to the limit, then refused', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const fn = () => promise
    const refusal = refusalOf(() => capture(fn))
    await expect(whenSettled(refusal, () => capture(fn), 0)).rejects.toBe(refusal)
    resolve()
    await expect(whenSettled(refusal, () => capture(fn), 60_000)).resolves.toMatchObject({ name: 'fn' })
  })

  test('what is refused for another reason is not waited for', () => {
    const weak = new WeakMap()
    const refusal = refusalOf(() => capture(() => weak))
    expect(whenSettled(refusal, () => 1)).toBeUndefined()
  })

  test('a result waits for them too', async () => {
    const { promise, resolve } = Promise.withResolvers<string>()
    const encoded = encodeResult({ promise }, [])
    setImmediate(resolve, 'later')
    const back = decodeParcel(gather(await encoded)) as { promise: Promise<string> }
    expect(await back.promise).toBe('later')
  })
})

test('a rejection that nobody handles stays one, and none comes of capturing or reviving it', async () => {
  const heard: unknown[] = []
  const hear = (reason: unknown): void => void heard.push(reason)
  const others = process.listeners('unhandledRejection')
  process.removeAllListeners('unhandledRejection')
  process.on('unhandledRejection', hear)
  try {
    const promise = Promise.reject(new Error('mine'))
    const payload = gather(encodeParcel([promise]))
    const [there] = decodeParcel(payload) as [Promise<unknown>]
    await new Promise(resolve => setImmediate(resolve))
    expect(heard).toEqual([new Error('mine')])
    await expect(there).rejects.toThrow('mine')
  } finally {
    process.removeAllListeners('unhandledRejection')
    for (const other of others) process.on('unhandledRejection', other)
  }
})
