import { assembleSweeper } from '../lib/aws/assemble.ts'
import { readEnvironment } from '../lib/aws/environment.ts'

const sweeper = assembleSweeper(readEnvironment('sweeper', process.env))

/** Called by a schedule, every five minutes. */
export async function handler(_: unknown, context: { getRemainingTimeInMillis(): number }): Promise<void> {
  await sweeper.sweep(Date.now() + context.getRemainingTimeInMillis())
}
