import { nextFire } from '../cron/fire-times.ts'
import { parseSchedule } from '../cron/parse.ts'
import type { CronAlarms, Firing } from '../engine/ports/cron-alarms.ts'
import { recordsOf } from '../engine/ports/records.ts'
import type { Registry } from '../engine/ports/registry.ts'
import type { Timers } from '../engine/ports/timers.ts'
import type { CronRecord } from '../engine/records/cron-record.ts'

/** Milliseconds that it sleeps at most: a machine may be put to sleep itself, and its clock be set. */
const MAX_SLEEP_MS = 20_000
/** Milliseconds before a cron is told again that it is due, when that failed. */
const AGAIN_MS = 5_000

export interface CronAlarmsOptions {
  readonly registry: Registry
  readonly timers: Pick<Timers, 'after'>
  readonly now: () => number
  /** Hears of failures that nobody waits for. */
  readonly onError: (error: unknown) => void
}

/** When a cron is to be told of its next minute: at its start, or later if that failed. */
interface Due {
  readonly minute: number
  readonly at: number
}

export interface LocalCronAlarms extends CronAlarms {
  /** Nothing fires any more. */
  close(): void
}

/**
 * Crons by the timers of this process, which lives as long as the service: what it knows it reads anew when it starts. A minute that
 * it slept through is told late, and is the engine's to judge.
 */
export function createCronAlarms({ registry, timers, now, onError }: CronAlarmsOptions): LocalCronAlarms {
  const records = recordsOf<CronRecord>(registry, 'cron')
  const due = new Map<string, Due>()
  let listener: ((firing: Firing) => Promise<void>) | undefined
  let cancel: (() => void) | undefined

  async function setNext(label: string): Promise<void> {
    const stored = await records.get(label)
    set(label, stored?.value.schedule)
  }

  function set(label: string, schedule: string | undefined): void {
    const minute = schedule === undefined ? undefined : nextFire(parseSchedule(schedule), now())
    if (minute === undefined) due.delete(label)
    else due.set(label, { minute, at: minute })
    sleep()
  }

  function sleep(): void {
    cancel?.()
    cancel = undefined
    if (listener === undefined || due.size === 0) return
    const earliest = Math.min(...[...due.values()].map(({ at }) => at))
    cancel = timers.after({ ms: Math.min(MAX_SLEEP_MS, Math.max(0, earliest - now())) }, look)
  }

  function look(): void {
    const moment = now()
    for (const [label, { minute, at }] of [...due]) if (at <= moment) void ring({ label, minute })
    sleep()
  }

  async function ring(firing: Firing): Promise<void> {
    const { label, minute } = firing
    due.delete(label)
    try {
      await listener?.(firing)
      await setNext(label)
    } catch (error) {
      onError(error)
      if (!due.has(label)) due.set(label, { minute, at: now() + AGAIN_MS })
      sleep()
    }
  }

  async function changed({ label }: { readonly label: string }): Promise<void> {
    if (listener !== undefined) await setNext(label)
  }

  return {
    // A process that ends in between reads all records when it starts.
    changing: async () => undefined,
    changed,
    listen(hears) {
      listener = hears
      void (async () => {
        for await (const { name, value } of records.each()) if (!due.has(name)) set(name, value.schedule)
      })().catch(onError)
    },
    close() {
      listener = undefined
      due.clear()
      cancel?.()
    },
  }
}
