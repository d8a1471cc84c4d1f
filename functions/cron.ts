import { assembleCron } from '../lib/aws/assemble.ts'
import { readEnvironment } from '../lib/aws/environment.ts'
import type { CronEvent } from '../lib/aws/schedules/cron-schedules.ts'

const schedules = assembleCron(readEnvironment('cron', process.env))

/** Called by a schedule that came due: that of a gate, made when its jobs were submitted with a moment to start at, or a cron's. */
export async function handler(event: { readonly gate: number } | CronEvent): Promise<void> {
  await ('gate' in event ? schedules.wake(event.gate) : schedules.fire(event))
}
