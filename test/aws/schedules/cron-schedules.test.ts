import { describe, expect, test } from 'vitest'
import { createCronAlarms } from '../../../lib/aws/schedules/cron-alarms.ts'
import { createCronSchedules, scheduleName } from '../../../lib/aws/schedules/cron-schedules.ts'
import { createRegistry } from '../../../lib/memory/registry.ts'
import { schedulesInMemory } from '../schedules-in-memory.ts'

const kind = 'cron'

/** @param before comes before each request to Scheduler is looked at */
function world(before?: () => Promise<void>) {
  const { client, schedules: kept } = schedulesInMemory(before)
  const schedules = (): [string, string][] => [...kept].map(([name, { expression }]) => [name, expression])
  const registry = createRegistry()
  const crons = createCronSchedules({ client, registry, group: 'g', target: 't', role: 'r' })
  const put = async (label: string, schedule: string): Promise<void> => {
    const version = (await registry.get({ kind, name: label }))?.version
    await registry.put({ kind, name: label, value: { schedule }, version })
  }
  return { schedules, registry, crons, put }
}

describe('a schedule', () => {
  test('follows its record: made, changed, deleted, however often it is asked to', async () => {
    const { schedules, registry, crons, put } = world()
    const name = scheduleName('a')
    await crons.follow('a')
    expect(schedules()).toEqual([])
    for (const [schedule, expression] of [
      ['0 3 * * *', 'cron(0 3 * * ? *)'],
      ['0 4 * * 1', 'cron(0 4 ? * 2 *)'],
    ] as const) {
      await put('a', schedule)
      for (let nth = 0; nth < 2; nth++) await crons.follow('a')
      expect(schedules()).toEqual([[name, expression]])
    }
    await registry.delete({ kind, name: 'a' })
    for (let nth = 0; nth < 2; nth++) await crons.follow('a')
    expect(schedules()).toEqual([])
  })

  test('is as the record is in the end, when that changes while it is made', async () => {
    let change: (() => Promise<unknown>) | undefined
    const { schedules, registry, crons, put } = world(async () => {
      const now = change
      change = undefined
      await now?.()
    })
    await put('a', '0 3 * * *')
    change = () => put('a', '0 4 * * *')
    await crons.follow('a')
    expect(schedules()).toEqual([[scheduleName('a'), 'cron(0 4 * * ? *)']])
    change = () => registry.delete({ kind, name: 'a' })
    await crons.follow('a')
    expect(schedules()).toEqual([])
  })

  test('is made once by two at a time', async () => {
    const { schedules, crons, put } = world()
    await put('a', '0 3 * * *')
    await Promise.all([crons.follow('a'), crons.follow('a')])
    expect(schedules()).toEqual([[scheduleName('a'), 'cron(0 3 * * ? *)']])
  })
})

test.each(['a', 'Ä ?/#', 'x'.repeat(256)])('its name is one that Scheduler takes: %s', label => {
  expect(scheduleName(label)).toMatch(/^[0-9a-zA-Z-_.]{1,64}$/)
  expect(scheduleName(`${label}.`)).not.toBe(scheduleName(label))
})

test('who registers tells the control function before and after', async () => {
  const sent: unknown[] = []
  const alarms = createCronAlarms({ send: async params => void sent.push(params) })
  await alarms.changing({ label: 'a' })
  await alarms.changed({ label: 'a' })
  expect(sent).toEqual([{ bodies: [{ cron: 'a' }], delay: 10_000 }, { bodies: [{ cron: 'a' }] }])
})
