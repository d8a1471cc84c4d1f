import type { Timers } from '../ports/timers.ts'

/** A promise of the time to come; it keeps no process alive. */
export function createPause({ after }: Pick<Timers, 'after'>): (ms: number) => Promise<void> {
  return ms => new Promise(resolve => void after({ ms }, resolve))
}
