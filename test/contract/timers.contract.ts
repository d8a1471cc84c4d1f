import { describe, expect, it } from 'vitest'
import type { Timers } from '../../lib/engine/ports/timers.ts'

export interface TimersUnderTest {
  readonly timers: Timers
  now(): number
  advance(ms: number): Promise<void>
  /** Gates that schedules woke, so far. */
  readonly woken: readonly number[]
}

export function timersContract(name: string, make: () => Promise<TimersUnderTest>): void {
  describe(`${name} wakes`, () => {
    it('calls back once, not before its time', async () => {
      const { timers, advance } = await make()
      let calls = 0
      timers.after({ ms: 1_000 }, () => calls++)
      await advance(900)
      expect(calls).toBe(0)
      await advance(200)
      await advance(5_000)
      expect(calls).toBe(1)
    })

    it('does not call back once cancelled', async () => {
      const { timers, advance } = await make()
      let calls = 0
      const cancel = timers.after({ ms: 1_000, keepAlive: true }, () => calls++)
      cancel()
      cancel()
      await advance(2_000)
      expect(calls).toBe(0)
    })

    it('waits longer than 32 bits of milliseconds', async () => {
      const { timers, advance } = await make()
      let calls = 0
      timers.after({ ms: 2 ** 31 + 1_000 }, () => calls++)
      await advance(2 ** 31 - 10)
      expect(calls).toBe(0)
      await advance(2_000)
      expect(calls).toBe(1)
    })

    it('calls back soon, but not within the call', async () => {
      const { timers, advance } = await make()
      const seen: string[] = []
      timers.soon(() => seen.push('soon'))
      seen.push('now')
      await advance(0)
      expect(seen).toEqual(['now', 'soon'])
    })

    it('wakes a gate at its time, at once when that has passed, and once however often it was scheduled', async () => {
      const { timers, advance, woken, now } = await make()
      await timers.schedule({ gate: 5, at: now() + 60_000 })
      await timers.schedule({ gate: 5, at: now() + 60_000 })
      await timers.schedule({ gate: 6, at: now() - 1 })
      await advance(1)
      expect(woken).toEqual([6])
      await advance(60_000)
      expect(woken).toEqual([6, 5])
    })
  })
}
