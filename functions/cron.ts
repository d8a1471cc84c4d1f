import { assembleCron } from '../lib/aws/assemble.ts'
import { readEnvironment } from '../lib/aws/environment.ts'

const schedules = assembleCron(readEnvironment('cron', process.env))

/** Called by a schedule that came due: that of a gate, made when its jobs were submitted with a moment to start at. */
export async function handler({ gate }: { readonly gate: number }): Promise<void> {
  await schedules.wake(gate)
}
