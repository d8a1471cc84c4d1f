import { describe, expect, onTestFinished, test, vi } from 'vitest'
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
    [
      { total: 9, done: 3, failed: 0, running: 2, elapsed: 1 },
      '3/9 (33%) · 3 done · 0 failed · 2 running · 3.0/s · ETA 2.0s',
    ],
    // It was counted a moment before.
    [
      { total: 4, done: 3, failed: 0, running: 2, elapsed: 1 },
      '3/4 (75%) · 3 done · 0 failed · 1 running · 3.0/s · ETA 0.3s',
    ],
    [{ total: 4, done: 4, failed: 0, running: 2, elapsed: 2 }, '4/4 (100%) · 4 done · 0 failed · 2.0/s · took 2.0s'],
    [{ total: 1e6, done: 1, failed: 0, elapsed: 1 }, '1/1000000 (0%) · 1 done · 0 failed · 1.0/s · ETA 277h 46m'],
  ])('%j', (state, line) => {
    expect(progressLine(state)).toBe(line)
  })
})

test('the bar grows with what ended, and is cut to the terminal', () => {
  const half = progressBar({ total: 10, done: 5, failed: 0, elapsed: 1 }, 200)
  expect(half).toMatch(/^█{14}░{14} 5\/10/)
})

test.each([
  [120, 28],
  [80, 28],
  [70, 19],
  [56, 5],
  [55, 0],
  [20, 0],
])('in %i columns the bar has %i, and leaves the numbers their room', (columns, bar) => {
  const text = progressBar({ total: 10, done: 5, failed: 0, elapsed: 1 }, columns)
  expect(text.replace(/[^█░]/g, '')).toHaveLength(bar)
  expect(text.length).toBeLessThan(columns)
  if (columns > 50) expect(text).toMatch(/5\/10 \(50%\) · 5 done · 0 failed · 5\.0\/s · ETA 1\.0s$/)
})

describe('Progress', () => {
  function shown(isTTY: boolean): string {
    let text = ''
    const progress = new Progress(undefined, { isTTY, columns: 120, write: part => (text += part) })
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

  test.each([true, false])('tells how many run, and goes on where nobody knows: on a terminal %s', async isTTY => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    let text = ''
    let asked = 0
    const ask = async (): Promise<number> => {
      if (asked++ > 0) throw new Error('away')
      return 2
    }
    const progress = new Progress(ask, { isTTY, columns: 120, write: part => (text += part) })
    progress.expect(3)
    await vi.advanceTimersByTimeAsync(4_100)
    expect(text).toContain('0/3 (0%) · 0 done · 0 failed · 2 running · 0.0/s')
    expect(asked).toBeGreaterThan(1)
    progress.ended(1, 0)
    await vi.advanceTimersByTimeAsync(4_100)
    expect(text).toMatch(/1 done · 0 failed · \d\.\d\/s · ETA \S+\n?$/)
    progress.end()
    expect(vi.getTimerCount()).toBe(0)
  })
})
