import { ConflictException, CreateScheduleCommand, type SchedulerClient } from '@aws-sdk/client-scheduler'

/** Tries of the call that a schedule makes: Scheduler's most. */
const MAX_ATTEMPTS = 185
/** Seconds after which it gives up; by then a sweeper has looked at the gate. */
const MAX_EVENT_AGE_SECONDS = 3_600

export interface SchedulesOptions {
  readonly client: SchedulerClient
  readonly group: string
  /** ARN of the function that is called, with `{ gate }`. */
  readonly target: string
  /** ARN of the role under which it is called. */
  readonly role: string
}

export interface Schedules {
  /** Has the target called at or after `at` (epoch milliseconds), once. The same gate again changes nothing. */
  create(params: { readonly gate: number; readonly at: number }): Promise<void>
}

/** One-off schedules of EventBridge, which delete themselves. */
export function createSchedules({ client, group, target, role }: SchedulesOptions): Schedules {
  return {
    async create({ gate, at }) {
      const command = new CreateScheduleCommand({
        Name: `gate-${gate}`,
        GroupName: group,
        ScheduleExpression: `at(${secondsUp(at)})`,
        ScheduleExpressionTimezone: 'UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: target,
          RoleArn: role,
          Input: JSON.stringify({ gate }),
          RetryPolicy: { MaximumRetryAttempts: MAX_ATTEMPTS, MaximumEventAgeInSeconds: MAX_EVENT_AGE_SECONDS },
        },
      })
      try {
        await client.send(command)
      } catch (error) {
        if (!(error instanceof ConflictException)) throw error
      }
    },
  }
}

/** The moment as Scheduler takes it: whole seconds, never early. */
export function secondsUp(at: number): string {
  return new Date(Math.ceil(at / 1_000) * 1_000).toISOString().slice(0, 19)
}
