import { createHash } from 'node:crypto'
import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  type SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler'
import { parseSchedule } from '../../cron/parse.ts'
import { recordsOf } from '../../engine/ports/records.ts'
import type { Registry } from '../../engine/ports/registry.ts'
import type { CronRecord } from '../../engine/records/cron-record.ts'
import { eventBridgeCron } from './eventbridge-cron.ts'

/** Seconds after which Scheduler gives up a call that found no room: Lambda's own tries come on top. */
const MAX_EVENT_AGE_SECONDS = 900
const MAX_ATTEMPTS = 20
/** Bytes of a schedule's name that stand for its label, which may be any text. */
const NAME_BYTES = 20
/** Times that a record may change while its schedule is being made. */
const TRIES = 20

/** What a schedule calls the cron function with. Scheduler puts the minute in, as ISO 8601. */
export interface CronEvent {
  readonly cron: string
  readonly minute: string
}

/** What Scheduler replaces by the moment that the schedule asked for. */
const SCHEDULED_TIME = '<aws.scheduler.scheduled-time>'

export interface CronSchedulesOptions {
  readonly client: SchedulerClient
  readonly registry: Registry
  readonly group: string
  /** ARN of the function that is called, with a `CronEvent`. */
  readonly target: string
  /** ARN of the role under which it is called. */
  readonly role: string
}

export interface CronSchedules {
  /** Makes, changes or deletes a cron's schedule, so that it is as the record says when this resolves. */
  follow(label: string): Promise<void>
}

/** One schedule of EventBridge a cron. */
export function createCronSchedules({ client, registry, group, target, role }: CronSchedulesOptions): CronSchedules {
  const records = recordsOf<CronRecord>(registry, 'cron')

  async function put(input: CreateScheduleCommandInput): Promise<void> {
    try {
      await client.send(new UpdateScheduleCommand(input))
    } catch (error) {
      if (!(error instanceof ResourceNotFoundException)) throw error
      await client.send(new CreateScheduleCommand(input)).catch((other: unknown) => {
        // Another made it meanwhile, of the same record or of one that is looked at again.
        if (!(other instanceof ConflictException)) throw other
      })
    }
  }

  async function remove(Name: string): Promise<void> {
    await client.send(new DeleteScheduleCommand({ Name, GroupName: group })).catch((error: unknown) => {
      if (!(error instanceof ResourceNotFoundException)) throw error
    })
  }

  return {
    async follow(label) {
      const Name = scheduleName(label)
      for (let nth = 0; nth < TRIES; nth++) {
        const before = await records.get(label)
        if (before === undefined) await remove(Name)
        else {
          await put({
            Name,
            GroupName: group,
            Description: `PiCloud: the cron ${label}`.slice(0, 512),
            ScheduleExpression: eventBridgeCron(parseSchedule(before.value.schedule)).expression,
            ScheduleExpressionTimezone: 'UTC',
            FlexibleTimeWindow: { Mode: 'OFF' },
            Target: {
              Arn: target,
              RoleArn: role,
              Input: JSON.stringify({ cron: label, minute: SCHEDULED_TIME } satisfies CronEvent),
              RetryPolicy: { MaximumRetryAttempts: MAX_ATTEMPTS, MaximumEventAgeInSeconds: MAX_EVENT_AGE_SECONDS },
            },
          })
        }
        // Two may be at it at once: the one that came last has to have seen the last record's own schedule.
        const after = await records.get(label)
        if (after?.value.schedule === before?.value.schedule) return
      }
      throw new Error(`The cron “${label}” changed ${TRIES} times while its schedule was to follow.`)
    },
  }
}

export function scheduleName(label: string): string {
  return `cron-${createHash('sha256')
    .update(label)
    .digest('hex')
    .slice(0, 2 * NAME_BYTES)}`
}
