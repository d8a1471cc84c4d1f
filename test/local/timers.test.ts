import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, onTestFinished, vi } from 'vitest'
import { createTimers } from '../../lib/local/timers.ts'
import { timersContract } from '../contract/timers.contract.ts'
import { freshDatabase } from './fresh-folder.ts'

beforeEach(() => {
  // Commits come with the real turns of the event loop.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** A commit, and what its writer then does. */
async function turns(): Promise<void> {
  for (let nth = 0; nth < 3; nth++) await turn()
}

timersContract('SQLite', async () => {
  const woken: number[] = []
  const database = freshDatabase()
  const timers = createTimers({
    database,
    now: () => Date.now(),
    onError: error => {
      throw error
    },
  })
  onTestFinished(() => timers.close())
  timers.listen?.(async gate => void woken.push(gate))
  return {
    timers,
    woken,
    now: () => Date.now(),
    advance: async ms => {
      await turns()
      await vi.advanceTimersByTimeAsync(ms)
      await turns()
    },
  }
})
