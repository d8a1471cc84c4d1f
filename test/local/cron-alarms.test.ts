import { expect, test } from 'vitest'
import type { Firing } from '../../lib/engine/ports/cron-alarms.ts'
import { createCronAlarms } from '../../lib/local/cron-alarms.ts'
import { createRegistry } from '../../lib/memory/registry.ts'
import { cronAlarmsContract } from '../contract/cron-alarms.contract.ts'
import { manualTime } from '../contract/manual-time.ts'

const MINUTE = 60_000
const at = (text: string): number => Date.parse(`2026-11-22T${text}Z`)

function world({ fails = 0 } = {}) {
  const time = manualTime(at('12:00:30'))
  const registry = createRegistry()
  const fired: string[] = []
  const errors: unknown[] = []
  let left = fails
  const make = () =>
    createCronAlarms({ registry, timers: time.timers, now: time.now, onError: error => errors.push(error) })
  const hear = async ({ label, minute }: Firing): Promise<void> => {
    if (left-- > 0) throw new Error('the store is away')
    fired.push(
      `${label} ${new Date(minute).toISOString().slice(11, 16)} at ${new Date(time.now()).toISOString().slice(11, 19)}`,
    )
  }
  const put = (label: string, schedule: string, version?: string) =>
    registry.put({ kind: 'cron', name: label, value: { schedule }, version })
  return { ...time, registry, fired, errors, make, hear, put }
}

test('each minute is told at its start, of all that were there before and of those that come', async () => {
  const { make, hear, put, advance, fired } = world()
  await put('old', '*/2 * * * *')
  const alarms = make()
  alarms.listen?.(hear)
  await advance(1_000)
  await put('new', '1,2 12 * * *')
  await alarms.changing({ label: 'new' })
  await alarms.changed({ label: 'new' })
  await advance(4 * MINUTE)
  expect(fired.toSorted()).toEqual([
    'new 12:01 at 12:01:00',
    'new 12:02 at 12:02:00',
    'old 12:02 at 12:02:00',
    'old 12:04 at 12:04:00',
  ])
})

test('one that is replaced or ended is told of no more', async () => {
  const { make, hear, put, registry, advance, fired } = world()
  const alarms = make()
  alarms.listen?.(hear)
  const version = await put('a', '* * * * *')
  await put('b', '* * * * *')
  for (const label of ['a', 'b']) await alarms.changed({ label })
  await put('a', '0 13 * * *', version)
  await registry.delete({ kind: 'cron', name: 'b' })
  for (const label of ['a', 'b']) await alarms.changed({ label })
  await advance(90 * MINUTE)
  expect(fired).toEqual(['a 13:00 at 13:00:00'])
})

test('a minute is told again until it was heard', async () => {
  const { make, hear, put, advance, fired, errors } = world({ fails: 2 })
  await put('a', '* * * * *')
  make().listen?.(hear)
  await advance(2 * MINUTE)
  expect(fired).toEqual(['a 12:01 at 12:01:10', 'a 12:02 at 12:02:00'])
  expect(errors).toHaveLength(2)
})

test('a clock that is set ahead makes it late, not silent', async () => {
  const { timers, now, advance, registry, fired, hear, put } = world()
  let ahead = 0
  await put('a', '0 * * * *')
  const moved = createCronAlarms({ registry, timers, now: () => now() + ahead, onError: () => undefined })
  moved.listen?.(hear)
  await advance(1_000)
  ahead = 3 * 60 * MINUTE
  await advance(30_000)
  expect(fired.map(line => line.slice(0, 7))).toEqual(['a 13:00'])
  await advance(60 * MINUTE)
  expect(fired.map(line => line.slice(0, 7))).toEqual(['a 13:00', 'a 16:00'])
})

test('closed it tells nothing', async () => {
  const { make, hear, put, advance, fired } = world()
  await put('a', '* * * * *')
  const alarms = make()
  alarms.listen?.(hear)
  await advance(MINUTE)
  alarms.close()
  await advance(5 * MINUTE)
  expect(fired).toEqual(['a 12:01 at 12:01:00'])
})

cronAlarmsContract('the local service', async (start, listener) => {
  const time = manualTime(start)
  const registry = createRegistry()
  const make = () =>
    createCronAlarms({
      registry,
      timers: time.timers,
      now: time.now,
      onError(error) {
        throw error
      },
    })
  let current = make()
  current.listen?.(listener)
  await time.advance(0)
  return {
    alarms: { changing: params => current.changing(params), changed: params => current.changed(params) },
    registry,
    now: time.now,
    advance: time.advance,
    async restart() {
      current.close()
      current = make()
      current.listen?.(listener)
      await time.advance(0)
    },
  }
})
