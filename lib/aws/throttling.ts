/** How often the SDK tries one request that is throttled or gets no answer, with its own back-off and jitter. */
export const MAX_TRIES = 8
/** How often a batch is sent again with what was left of it: more than half a minute with the waits between. */
export const MAX_BATCH_TRIES = 10
/** Milliseconds before the first repetition of a batch; each further one doubles it. */
const FIRST_WAIT_MS = 50
/** Milliseconds at most between two repetitions. */
const MAX_WAIT_MS = 10_000

/** Before the `nth` repetition: anything up to a doubling limit, so that those who were throttled together come apart. */
export function backOffMs(nth: number, random: number): number {
  return Math.ceil(random * Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** (nth - 1)))
}
