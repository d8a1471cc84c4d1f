import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Database } from '../../lib/local/database.ts'
import { openDatabase } from '../../lib/local/open-database.ts'
import { createTimers } from '../../lib/local/timers.ts'
import { WAKE_AGAIN_MS } from '../../lib/memory/timers.ts'
import { timersContract } from '../contract/timers.contract.ts'
import { freshDatabase, freshFolder } from './fresh-folder.ts'

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

describe('schedules', () => {
  const timersOf = (database: Database, woken: number[]) => {
    const onError = (error: unknown): never => {
      throw error
    }
    const timers = createTimers({ database, now: () => Date.now(), onError })
    timers.listen?.(async gate => void woken.push(gate))
    return timers
  }

  it('outlive their process: those that fell due meanwhile come due at once, the others at their time', async () => {
    const folder = freshFolder()
    const woken: number[] = []
    const first = openDatabase({ folder })
    const before = timersOf(first, woken)
    await before.schedule({ gate: 1, at: Date.now() + 10_000 })
    await before.schedule({ gate: 2, at: Date.now() + 60_000 })
    before.close()
    first.close()
    await vi.advanceTimersByTimeAsync(20_000)
    expect(woken).toEqual([])
    const second = openDatabase({ folder })
    const after = timersOf(second, woken)
    onTestFinished(() => {
      after.close()
      second.close()
    })
    await vi.advanceTimersByTimeAsync(1)
    await turns()
    expect(woken).toEqual([1])
    await vi.advanceTimersByTimeAsync(40_000)
    await turns()
    expect(woken).toEqual([1, 2])
    expect(second.prepare('SELECT gate FROM schedules').all()).toEqual([])
  })

  it('stay until their gate could be looked at', async () => {
    const database = freshDatabase()
    const failures: unknown[] = []
    const timers = createTimers({ database, now: () => Date.now(), onError: error => failures.push(error) })
    onTestFinished(() => timers.close())
    let tries = 0
    timers.listen?.(async () => {
      if (++tries === 1) throw new Error('not now')
    })
    await timers.schedule({ gate: 1, at: Date.now() })
    await vi.advanceTimersByTimeAsync(1)
    await turns()
    expect([tries, failures.length]).toEqual([1, 1])
    await vi.advanceTimersByTimeAsync(WAKE_AGAIN_MS)
    await turns()
    expect(tries).toBe(2)
    expect(database.prepare('SELECT gate FROM schedules').all()).toEqual([])
  })
})
