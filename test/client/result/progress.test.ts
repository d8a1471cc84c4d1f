import { describe, expect, test } from 'vitest'
import { Progress, progressBar, progressLine } from '../../../lib/client/result/progress.ts'

describe('progressLine', () => {
  test.each([
    [{ total: 10, done: 0, failed: 0, elapsed: 0 }, '0/10 (0%) · 0 done · 0 failed · 0.0/s · ETA unknown'],
    [{ total: 10, done: 3, failed: 2, elapsed: 2 }, '5/10 (50%) · 3 done · 2 failed · 2.5/s · ETA 2.0s'],
    [
      { total: 100_000, done: 50_000, failed: 0, elapsed: 10 },
      '50000/100000 (50%) · 50000 done · 0 failed · 5.0k/s · ETA 10s',
    ],
    [{ total: 4, done: 4, failed: 0, elapsed: 90 }, '4/4 (100%) · 4 done · 0 failed · 0.0/s · took 1m 30s'],
    [{ total: 0, done: 0, failed: 0, elapsed: 0 }, '0/0 (100%) · 0 done · 0 failed · 0.0/s · took 0.0s'],
    [{ total: 1e6, done: 1, failed: 0, elapsed: 1 }, '1/1000000 (0%) · 1 done · 0 failed · 1.0/s · ETA 277h 46m'],
  ])('%j', (state, line) => {
    expect(progressLine(state)).toBe(line)
  })
})

test('the bar grows with what ended, and is cut to the terminal', () => {
  const half = progressBar({ total: 10, done: 5, failed: 0, elapsed: 1 }, 200)
  expect(half).toMatch(/^█{14}░{14} 5\/10/)
  expect(progressBar({ total: 10, done: 5, failed: 0, elapsed: 1 }, 20)).toHaveLength(19)
})

describe('Progress', () => {
  function shown(isTTY: boolean): string {
    let text = ''
    const progress = new Progress({ isTTY, columns: 120, write: part => (text += part) })
    progress.expect(3)
    progress.ended(2, 1)
    progress.end()
    return text
  }

  test('writes plain lines where there is no terminal', () => {
    expect(shown(false)).toMatch(/^3\/3 \(100%\) · 2 done · 1 failed · .*\n$/)
  })

  test('draws over its line on a terminal, and leaves it at the end', () => {
    const text = shown(true)
    expect(text).toContain(`\r\u001b[K${'█'.repeat(28)} 3/3 `)
    expect(text.endsWith('\n')).toBe(true)
  })
})
