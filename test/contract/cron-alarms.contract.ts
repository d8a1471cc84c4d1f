import { describe, expect, it } from 'vitest'
import { firesAt } from '../../lib/cron/fire-times.ts'
import { parseSchedule } from '../../lib/cron/parse.ts'
import type { CronAlarms, Firing } from '../../lib/engine/ports/cron-alarms.ts'
import type { Registry } from '../../lib/engine/ports/registry.ts'

const kind = 'cron'
const MINUTE = 60_000

/** Alarms that are up, over records in a registry, on a clock of the test's. */
export interface CronAlarmsUnderTest {
  readonly alarms: CronAlarms
  readonly registry: Registry
  now(): number
  advance(ms: number): Promise<void>
  /** The process that has them ends, and another takes its place. */
  restart(): Promise<void>
}

/**
 * What every adapter does: it tells of a cron's minutes, at least once and not long after. It may tell of others on days that are
 * not meant, and of a minute again: the engine looks at both.
 * @param make hands over alarms that tell this listener; the clock stands at `start`, epoch milliseconds
 */
export function cronAlarmsContract(
  name: string,
  make: (start: number, listener: (firing: Firing) => Promise<void>) => Promise<CronAlarmsUnderTest>,
): void {
  async function world(start = '2026-11-22T12:00:30Z') {
    const told = new Set<string>()
    const late: Firing[] = []
    const made = await make(Date.parse(start), async firing => {
      const { label, minute } = firing
      const stored = await made.registry.get({ kind, name: label })
      const { schedule = '' } = (stored?.value ?? {}) as { schedule?: string }
      if (made.now() - minute >= MINUTE || made.now() < minute) late.push(firing)
      // As the engine looks at it.
      if (schedule !== '' && firesAt(parseSchedule(schedule), minute)) {
        told.add(`${label} ${new Date(minute).toISOString().slice(5, 16)}`)
      }
    })
    const { alarms, registry, advance } = made
    const write = async (label: string, schedule: string | undefined): Promise<void> => {
      const version = (await registry.get({ kind, name: label }))?.version
      if (schedule === undefined) await registry.delete({ kind, name: label, version })
      else await registry.put({ kind, name: label, value: { schedule }, version })
    }
    return {
      ...made,
      late,
      /** In the order of label and minute. */
      told: () => [...told].sort(),
      write,
      async set(label: string, schedule: string | undefined): Promise<void> {
        await alarms.changing({ label })
        await write(label, schedule)
        await alarms.changed({ label })
        await advance(0)
      },
    }
  }

  describe(`${name} tells of crons`, () => {
    it('in their minutes, and in no others', async () => {
      const { set, advance, told, late } = await world()
      await set('even', '*/2 * * * *')
      await set('once', '3 12 * * *')
      await set('never today', '* 13 * * *')
      await advance(4 * MINUTE)
      expect(told()).toEqual(['even 11-22T12:02', 'even 11-22T12:04', 'once 11-22T12:03'])
      expect(late).toEqual([])
    })

    it('by the new schedule alone, once one is replaced', async () => {
      const { set, advance, told } = await world()
      await set('a', '1 * * * *')
      await set('a', '2 * * * *')
      await advance(5 * MINUTE)
      expect(told()).toEqual(['a 11-22T12:02'])
    })

    it('no more, once one is ended', async () => {
      const { set, advance, told } = await world()
      await set('a', '* * * * *')
      await advance(MINUTE)
      await set('a', undefined)
      await set('a', undefined)
      await advance(5 * MINUTE)
      expect(told()).toEqual(['a 11-22T12:01'])
    })

    it('on days that either field means, or both', async () => {
      const { set, advance, told } = await world('2026-11-26T23:59:30Z')
      // The 27th is a Friday, the 29th a Sunday.
      await set('both', '0 0 29 * */7')
      await set('either', '0 0 29 * 5')
      for (let day = 0; day < 6; day++) await advance(24 * 60 * MINUTE)
      expect(told()).toEqual(['both 11-29T00:00', 'either 11-27T00:00', 'either 11-29T00:00'])
    })

    it.each([
      ['before the record changed', 'a 11-22T12:02'],
      ['after it', 'a 11-22T12:03'],
    ])('as the record says, though who changed it died %s', async (when, expected) => {
      const { set, alarms, write, advance, restart, told } = await world()
      await set('a', '2 * * * *')
      await alarms.changing({ label: 'a' })
      if (when === 'after it') await write('a', '3 * * * *')
      await restart()
      await advance(5 * MINUTE)
      expect(told()).toEqual([expected])
    })

    it('that were there before it started', async () => {
      const { set, advance, restart, told } = await world()
      await set('a', '* * * * *')
      await advance(MINUTE)
      await restart()
      await advance(MINUTE)
      expect(told()).toEqual(['a 11-22T12:01', 'a 11-22T12:02'])
    })
  })
}
