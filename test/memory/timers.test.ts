import { afterEach, beforeEach, vi } from 'vitest'
import { createTimers } from '../../lib/memory/timers.ts'
import { timersContract } from '../contract/timers.contract.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

timersContract('memory', async () => {
  const woken: number[] = []
  const timers = createTimers({ now: () => Date.now() })
  timers.listen?.(async gate => void woken.push(gate))
  return {
    timers,
    woken,
    now: () => Date.now(),
    advance: async ms => {
      await vi.advanceTimersByTimeAsync(ms)
    },
  }
})
