import type { CronAlarms } from '../../engine/ports/cron-alarms.ts'
import type { Queue } from '../../engine/ports/queue.ts'

/** Milliseconds within which a record that is about to change has changed: whoever sends this may end before. */
const LATER_MS = 10_000

/** Asks the control function to bring a cron's schedule in line with its record: until that is done, this message remembers it. */
export interface CronMessage {
  /** Its label. */
  readonly cron: string
}

/** Schedules are the control function's affair, which alone may make them. */
export function createCronAlarms(control: Pick<Queue<CronMessage>, 'send'>): CronAlarms {
  return {
    changing: ({ label }) => control.send({ bodies: [{ cron: label }], delay: LATER_MS }),
    changed: ({ label }) => control.send({ bodies: [{ cron: label }] }),
  }
}
