import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  type SchedulerClient,
  type UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler'

/** A schedule, as far as it matters here. */
export interface Kept {
  readonly expression: string
  /** What it calls its function with. */
  readonly input: string
}

/** Schedules as Scheduler keeps them; `before` comes before each request is looked at. */
export function schedulesInMemory(before: () => Promise<void> = async () => undefined) {
  const schedules = new Map<string, Kept>()
  const about = { $metadata: {}, message: '', Message: '' }
  const client = {
    async send(command: CreateScheduleCommand | UpdateScheduleCommand | DeleteScheduleCommand) {
      const { Name = '' } = command.input
      await before()
      if (command instanceof CreateScheduleCommand && schedules.has(Name)) throw new ConflictException(about)
      if (!(command instanceof CreateScheduleCommand) && !schedules.has(Name))
        throw new ResourceNotFoundException(about)
      if (command instanceof DeleteScheduleCommand) {
        schedules.delete(Name)
        return
      }
      const { ScheduleExpression: expression = '', Target } = command.input
      schedules.set(Name, { expression, input: Target?.Input ?? '' })
    },
  } as unknown as SchedulerClient
  return { client, schedules }
}
