/** Milliseconds before the first second try. */
const BASE_MS = 50
/** Longer than this nobody waits between two tries. */
const MAX_MS = 5_000
/** Tries at one request, the first included: with full jitter about 8 s in all. */
export const MAX_TRIES = 8

/**
 * Milliseconds to leave before the next try: full jitter, so that many clients that failed together do not come back
 * together; never less than the service asked for.
 */
export function backoff(tries: number, random: number, retryAfter = 0): number {
  const ceiling = Math.min(MAX_MS, BASE_MS * 2 ** (tries - 1))
  return Math.max(retryAfter, Math.ceil(random * ceiling))
}
