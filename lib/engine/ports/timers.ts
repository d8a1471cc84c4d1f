/** Port: wake-ups. The short ones die with this process; the schedules outlive it. */
export interface Timers {
  /**
   * Calls back once after `ms` milliseconds; what it returns cancels that. With `keepAlive` somebody waits for it, so the
   * process must not end before; without, it may.
   */
  after(params: { ms: number; keepAlive?: boolean }, callback: () => void): () => void
  /** Calls back in this turn of the event loop, once the input at hand was taken in: what makes one answer of many events. */
  soon(callback: () => void): void
  /** Has `Engine.wake(gate)` called at or after `at` (epoch milliseconds), whatever dies. The same gate again changes nothing. */
  schedule(params: { gate: number; at: number }): Promise<void>
  /**
   * Where schedules come due in this process: who hears of it. Once its promise resolves the schedule may be forgotten; if that
   * rejects, the gate is woken again. Elsewhere a function is called, which calls `Engine.wake`.
   */
  listen?(listener: (gate: number) => Promise<void>): void
}
