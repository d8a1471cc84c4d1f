import type { Timers } from '../engine/ports/timers.ts'

/** The longest delay that setTimeout takes; longer ones go in steps. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1
/** Milliseconds before a gate is woken again that could not be looked at. */
export const WAKE_AGAIN_MS = 5_000

/** Node's own timers. Schedules last as long as the process, as do the jobs that they wake. */
export function createTimers({ now }: { now: () => number }): Timers {
  const listeners: ((gate: number) => Promise<void>)[] = []
  const scheduled = new Set<number>()
  const timers: Timers = {
    after({ ms, keepAlive = false }, callback) {
      let handle: NodeJS.Timeout
      const arm = (left: number): void => {
        const step = Math.min(left, MAX_TIMEOUT_MS)
        handle = setTimeout(() => (left > step ? arm(left - step) : callback()), step)
        if (!keepAlive) handle.unref()
      }
      arm(ms)
      return () => clearTimeout(handle)
    },
    // Once the promises that are settled now have had their say: all writes of a submit, without a turn of the event loop.
    soon(callback) {
      queueMicrotask(() => process.nextTick(callback))
    },
    async schedule({ gate, at }) {
      if (scheduled.has(gate)) return
      scheduled.add(gate)
      timers.after({ ms: Math.max(0, at - now()) }, () => {
        scheduled.delete(gate)
        for (const listener of listeners) {
          listener(gate).catch(() => timers.schedule({ gate, at: now() + WAKE_AGAIN_MS }))
        }
      })
    },
    listen(listener) {
      listeners.push(listener)
    },
  }
  return timers
}
