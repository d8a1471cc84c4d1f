import { createCronAlarms } from '../../../lib/aws/schedules/cron-alarms.ts'
import { type CronEvent, createCronSchedules } from '../../../lib/aws/schedules/cron-schedules.ts'
import { createRegistry } from '../../../lib/memory/registry.ts'
import { cronAlarmsContract } from '../../contract/cron-alarms.contract.ts'
import { manualTime } from '../../contract/manual-time.ts'
import { callsAt } from '../read-eventbridge.ts'
import { schedulesInMemory } from '../schedules-in-memory.ts'

const MINUTE = 60_000

// The messages that the control function gets, the schedules that it makes, and their events, each of which comes twice.
cronAlarmsContract('EventBridge', async (start, listener) => {
  const time = manualTime(start)
  const { client, schedules } = schedulesInMemory()
  const registry = createRegistry()
  const follower = createCronSchedules({ client, registry, group: 'g', target: 't', role: 'r' })
  const alarms = createCronAlarms({
    async send({ bodies, delay = 0 }) {
      for (const { cron } of bodies) time.timers.after({ ms: delay }, () => void follower.follow(cron))
    },
  })
  const tick = (): void => {
    time.timers.after({ ms: MINUTE - (time.now() % MINUTE) }, tick)
    const scheduledTime = `${new Date(time.now()).toISOString().slice(0, 19)}Z`
    for (const { expression, input } of schedules.values()) {
      if (!callsAt(expression, time.now())) continue
      const { cron: label, minute }: CronEvent = JSON.parse(
        input.replace('<aws.scheduler.scheduled-time>', scheduledTime),
      )
      for (let nth = 0; nth < 2; nth++) void listener({ label, minute: Date.parse(minute) })
    }
  }
  time.timers.after({ ms: MINUTE - (start % MINUTE) }, tick)
  return { alarms, registry, now: time.now, advance: time.advance, restart: async () => undefined }
})
