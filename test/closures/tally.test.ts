import { describe, expect, test } from 'vitest'
import { MIN_CASES, type Outcome, tally } from './tally.ts'

const passed = (count: number): Outcome[] =>
  Array.from({ length: count }, (_, index) => ({ name: `case-${index}`, failure: undefined }))

describe('the tally of closure cases', () => {
  test('counts', () => {
    const outcomes = [...passed(MIN_CASES), { name: 'bad', failure: 'gave 1' }]
    expect(tally(outcomes, true)).toEqual({
      lines: ['FAILED bad: gave 1', `${MIN_CASES} passed, 1 failed`],
      ok: false,
    })
  })

  test('too few are a failure', () => {
    expect(tally(passed(MIN_CASES), true)).toEqual({ lines: [`${MIN_CASES} passed, 0 failed`], ok: true })
    const few = tally(passed(MIN_CASES - 1), true)
    expect(few.ok).toBe(false)
    expect(few.lines.at(-1)).toBe(`${MIN_CASES - 1} passed, 1 failed`)
  })

  test('where some were asked for by name one is enough, and none is a failure', () => {
    expect(tally(passed(1), false)).toEqual({ lines: ['1 passed, 0 failed'], ok: true })
    expect(tally([], false).ok).toBe(false)
  })
})
