import type { Timers } from '../engine/ports/timers.ts'
import { createTimers as createShortTimers, WAKE_AGAIN_MS } from '../memory/timers.ts'
import type { Database } from './database.ts'

export interface TimersOptions {
  readonly database: Database
  readonly now: () => number
  /** Hears of failures that nobody waits for. */
  readonly onError: (error: unknown) => void
}

export interface LocalTimers extends Timers {
  /** Wakes nobody any more; the schedules stay. To be called before the database is closed. */
  close(): void
}

/** Node's timers, and schedules in a table: those that fell due while no service ran come due at once when one listens. */
export function createTimers({ database, now, onError }: TimersOptions): LocalTimers {
  const short = createShortTimers({ now })
  const add = database.prepare('INSERT INTO schedules VALUES (?, ?) ON CONFLICT DO NOTHING')
  const earliest = database.prepare('SELECT min(due) FROM schedules')
  const dueBy = database.prepare('SELECT gate FROM schedules WHERE due <= ? ORDER BY due')
  const remove = database.prepare('DELETE FROM schedules WHERE gate = ?')
  const listeners: ((gate: number) => Promise<void>)[] = []
  const waking = new Set<number>()
  let closed = false
  let alarm: { readonly at: number; readonly cancel: () => void } | undefined

  function setAlarm(at: number): void {
    if (closed || (alarm !== undefined && alarm.at <= at)) return
    alarm?.cancel()
    alarm = { at, cancel: short.after({ ms: Math.max(0, at - now()) }, ring) }
  }

  function setNextAlarm(): void {
    const due = earliest.get()?.[0] as number | null | undefined
    if (due != null) setAlarm(due)
  }

  function ring(): void {
    alarm = undefined
    database
      .read(() => dueBy.all(now()).map(row => Number(row[0])))
      .then(gates => Promise.all(gates.map(wake)))
      .then(() => database.read(setNextAlarm))
      .catch(error => {
        if (closed) return
        onError(error)
        setAlarm(now() + WAKE_AGAIN_MS)
      })
  }

  /** The schedule goes once its gate was looked at: not before, or a process that died in between would have lost it. */
  async function wake(gate: number): Promise<void> {
    if (waking.has(gate)) return
    waking.add(gate)
    try {
      for (const listener of listeners) await listener(gate)
      await database.write(() => void remove.run(gate))
    } finally {
      waking.delete(gate)
    }
  }

  return {
    after: short.after,
    soon: short.soon,
    schedule({ gate, at }) {
      return database.write(() => {
        add.run(gate, at)
        database.afterwards(() => setAlarm(at))
      })
    },
    listen(listener) {
      listeners.push(listener)
      setNextAlarm()
    },
    close() {
      closed = true
      alarm?.cancel()
    },
  }
}
