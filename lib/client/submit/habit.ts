import { MAX_CALL_JOBS } from '../../protocol/limits.ts'
import type { WireOptions } from '../../protocol/options.ts'

/** What a caller lets be seen of a call before it leaves. */
export interface Interest {
  /** It asked for the value in the turn in which it called. */
  wanted: boolean
}

/** Milliseconds for which the answer waits for a job whose value is all that is asked for. */
const WANTED_MS = 100
/** Milliseconds for which it waits for one whose value will be asked for, going by the last ones. */
const EXPECTED_MS = 10

/**
 * Whether callers lately asked for the value of a job as soon as they had its jid: then the answer to the next call may bring it
 * along. Who only submits is held up by that once, and no longer than `EXPECTED_MS`.
 */
export class Habit {
  #expects = false
  /** Of the calls that were last accepted, as long as nobody asked for one of them. */
  #first = 0
  #count = 0

  /** Milliseconds for which the answer to these calls is to wait for their ends. */
  wait(isWanted: boolean): number {
    if (isWanted) return WANTED_MS
    if (this.#count > 0) {
      this.#expects = false
      this.#count = 0
    }
    return this.#expects ? EXPECTED_MS : 0
  }

  accepted(first: number, count: number): void {
    this.#first = first
    this.#count = count
  }

  /** Somebody asks for the value of this job. */
  asked(jid: number): void {
    if (jid < this.#first || jid >= this.#first + this.#count) return
    this.#expects = true
    this.#count = 0
  }
}

/** Calls that leave in one request, as far as it matters here. */
interface Leaving {
  readonly part: { readonly options: WireOptions }
  readonly options: { readonly signal?: AbortSignal | undefined }
  readonly calls: readonly { readonly interest: Interest }[]
}

/** Milliseconds for which their answer is to wait. What may not run at once is not waited for; nor what its caller may want to kill meanwhile. */
export function waitFor(leaving: readonly Leaving[], habit: Habit): number {
  let isWanted = true
  let jobs = 0
  for (const { part, calls, options } of leaving) {
    const { dependsOn, startAt } = part.options
    if (dependsOn !== undefined || startAt !== undefined || options.signal !== undefined) return 0
    jobs += calls.length
    for (const { interest } of calls) isWanted &&= interest.wanted
  }
  return jobs > MAX_CALL_JOBS ? 0 : habit.wait(isWanted)
}
