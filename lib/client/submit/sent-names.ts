import { isRemembered, type Sent } from '../../closure/sent.ts'
import type { Prepared } from './functions.ts'

/** Runs of jobs that are remembered with what they were sent with, at least; the oldest are forgotten. */
export const MAX_RUNS = 10_000

interface Run {
  readonly first: number
  end: number
  readonly sent: readonly Sent[]
}

/** What results may name of a job that is about to be sent. Nothing where it is found without the job. */
export function namesOf({ captured }: Prepared, ofArguments: Sent | undefined): readonly Sent[] {
  const ofFunction = captured.sent()
  const isFound = isRemembered(ofFunction) && (ofArguments === undefined || isRemembered(ofArguments))
  if (isFound) return none
  return ofArguments === undefined ? [ofFunction] : [ofFunction, ofArguments]
}

const none: readonly Sent[] = []

/**
 * What jobs were sent with, where others before them were sent with functions or symbols of the same state: what comes
 * back of a job is its own.
 */
export class SentNames {
  readonly #runs: Run[] = []

  note(first: number, count: number, sent: readonly Sent[]): void {
    if (sent.length === 0) return
    const last = this.#runs.at(-1)
    if (last?.end === first && last.sent.length === sent.length && sent.every((it, at) => it === last.sent[at])) {
      last.end += count
      return
    }
    this.#runs.push({ first, end: first + count, sent })
    if (this.#runs.length >= 2 * MAX_RUNS) this.#runs.splice(0, MAX_RUNS)
  }

  of(jid: number): readonly Sent[] {
    const found = this.#runs.findLast(({ first, end }) => first <= jid && jid < end)
    return found?.sent ?? none
  }
}
