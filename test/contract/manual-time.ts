import type { Timers } from '../../lib/engine/ports/timers.ts'
import { createHeap } from '../../lib/memory/heap.ts'

/** A clock that a test moves, and timers that follow it. */
export interface ManualTime {
  now(): number
  readonly timers: Timers
  /** Lets this much time pass; what falls due happens in order. */
  advance(ms: number): Promise<void>
}

export function manualTime(start = 1_000_000): ManualTime {
  let now = start
  const due = createHeap<() => void>()
  const settle = () => new Promise<void>(resolve => setImmediate(resolve))
  return {
    now: () => now,
    timers: {
      after({ ms }, callback) {
        let cancelled = false
        due.push(now + ms, () => {
          if (!cancelled) callback()
        })
        return () => {
          cancelled = true
        }
      },
      soon: callback => void setImmediate(callback),
      schedule: async () => undefined,
    },
    async advance(ms) {
      const until = now + ms
      await settle()
      while (due.size > 0 && due.time() <= until) {
        now = Math.max(now, due.time())
        due.pop()()
        await settle()
      }
      now = until
      await settle()
    },
  }
}
