import { afterEach, expect, test, vi } from 'vitest'
import { prepare } from '../../../lib/client/submit/functions.ts'
import { LARGE_CLOSURE_BYTES } from '../../../lib/client/submit/large-closure.ts'
import { capture } from '../../../lib/closure/capture.ts'

const emitWarning = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)

afterEach(() => {
  emitWarning.mockClear()
})

/** A closure over so many characters, and over little else. */
const over = (length: number) => {
  const text = 'x'.repeat(length)
  const table = new Map([['a', 1]])
  return () => [text.length, table.size]
}

/** A frame's sections start on multiples of 8. */
const STEP = 8

const exactly = (() => {
  const guess = 1_000_000
  return guess + LARGE_CLOSURE_BYTES - capture(over(guess)).bundle.byteLength
})()

test('a closure of 1 MiB is taken without a word', () => {
  const fn = over(exactly)
  expect(capture(fn).bundle.byteLength).toBe(LARGE_CLOSURE_BYTES)
  prepare(fn)
  expect(emitWarning).not.toHaveBeenCalled()
})

test('over that there is one warning, with place and the largest parts, however many are made', () => {
  const fn = over(exactly + STEP)
  expect(capture(fn).bundle.byteLength).toBe(LARGE_CLOSURE_BYTES + STEP)
  prepare(fn)
  prepare(over(exactly + 10 * STEP))
  expect(emitWarning).toHaveBeenCalledTimes(1)
  const [message, options] = emitWarning.mock.calls[0] as unknown as [string, object]
  expect(options).toEqual({ type: 'PiCloudWarning', code: 'PICLOUD_LARGE_CLOSURE' })
  expect(message).toMatch(/^\(anonymous\) takes 1\.05 MB with what it captured \(file:.*large-closure\.test\.ts/)
  expect(message).toMatch(
    /: \(anonymous\) → text 1\.05 MB, \(anonymous\) 31 B, \(anonymous\) → table 5 B\. Each job reads that anew\./,
  )
})
