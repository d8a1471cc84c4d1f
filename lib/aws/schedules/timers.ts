import type { Queue } from '../../engine/ports/queue.ts'
import type { Timers } from '../../engine/ports/timers.ts'

/** The longest delay that setTimeout takes; a function never lives that long. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1

/** Asks the control function to make a schedule: until it is there, this message remembers it. */
export interface ScheduleMessage {
  readonly schedule: { readonly gate: number; readonly at: number }
}

/** Node's own timers; schedules are the control function's affair, which alone may make them. */
export function createTimers(control: Pick<Queue<ScheduleMessage>, 'send'>): Timers {
  return {
    after({ ms, keepAlive = false }, callback) {
      const handle = setTimeout(callback, Math.min(ms, MAX_TIMEOUT_MS))
      if (!keepAlive) handle.unref()
      return () => clearTimeout(handle)
    },
    soon(callback) {
      setImmediate(callback)
    },
    async schedule(schedule) {
      await control.send({ bodies: [{ schedule }] })
    },
  }
}
