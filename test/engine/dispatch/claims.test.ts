import { describe, expect, onTestFinished, test } from 'vitest'
import { createEngine } from '../../../lib/engine/engine.ts'
import type { Haste } from '../../../lib/engine/ports/ahead.ts'
import type { WireOptions } from '../../../lib/protocol/options.ts'
import { harness, owner, requestOf } from '../harness.ts'

/** An engine whose records are kept when the test says so. */
async function unkept(options: WireOptions) {
  const errors: unknown[] = []
  const { ports, ran, launcher, engine: other } = await harness(undefined, { start: false })
  const kept = Promise.withResolvers<void>()
  kept.promise.catch(() => undefined)
  const asked: Haste[] = []
  const begin =
    () =>
    (haste: Haste = 'now') => {
      asked.push(haste)
      return kept.promise
    }
  const ahead = { store: ports.store, jobs: ports.jobs, begin }
  const engine = createEngine({ ...ports, ahead }, { onError: error => errors.push(error) })
  engine.start()
  onTestFinished(() => engine.close())
  const { first } = await engine.lease({ count: 1 })
  const [{ submissions }, sections] = requestOf(first, first, 1, options)
  let answered = false
  const answer = engine.call({ submissions, wait: 1_000 }, sections, owner).finally(() => {
    answered = true
  })
  return { ...kept, first, ran, launcher, errors, asked, answer, engine: other, isAnswered: () => answered }
}

describe('a claim that is not kept yet', () => {
  test('launches what may run again, and nobody hears of it before it is kept', async () => {
    const { ran, first, asked, resolve, answer, isAnswered } = await unkept({})
    await expect.poll(() => ran).toEqual([first])
    await expect.poll(() => asked).toEqual(['soon', 'soon', 'now'])
    expect(isAnswered()).toBe(false)
    resolve()
    expect((await answer).answer.finished).toEqual([{ first, statuses: ['done'] }])
  })

  test('does not launch what may run only once', async () => {
    const { ran, first, asked, launcher, resolve, answer } = await unkept({ restartable: false })
    await expect.poll(() => asked).toEqual(['soon', 'now'])
    expect(launcher.launched).toBe(0)
    resolve()
    await answer
    expect(ran).toEqual([first])
  })

  test.each([true, false])('that never is lets go of its job, restartable: %s', async restartable => {
    const { asked, reject, answer, errors, launcher } = await unkept({ restartable })
    await expect.poll(() => asked.length).toBeGreaterThanOrEqual(2)
    const why = new Error('The disk is full.')
    reject(why)
    await expect(answer).rejects.toBe(why)
    await expect.poll(() => errors.includes(why)).toBe(true)
    expect(launcher.launched).toBe(restartable ? 1 : 0)
  })
})
