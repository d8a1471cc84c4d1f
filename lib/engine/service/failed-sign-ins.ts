/**
 * A bucket a caller that leaks: each failure adds one, one runs out every six seconds. Full, the next try has to wait. What is
 * remembered is of this process.
 */
export interface Bucket {
  readonly level: number
  /** When it was at this level: epoch milliseconds. */
  readonly at: number
}

/** Failures at once before a caller has to wait. */
export const MAX_FAILURES = 10
/** Milliseconds in which one of them is forgotten. */
export const FORGET_MS = 6_000
/** Callers remembered; beyond them the one that failed least lately is forgotten. */
export const MAX_CALLERS = 10_000

const empty: Bucket = { level: 0, at: 0 }

/** After one more failure. Pure. */
export function filled(bucket: Bucket | undefined, now: number): Bucket {
  return { level: levelAt(bucket, now) + 1, at: now }
}

/** Milliseconds before this caller may fail again; 0: at once. Pure. */
export function waitBefore(bucket: Bucket | undefined, now: number): number {
  return Math.max(0, Math.ceil((levelAt(bucket, now) - (MAX_FAILURES - 1)) * FORGET_MS))
}

function levelAt({ level, at }: Bucket = empty, now: number): number {
  return Math.max(0, level - Math.max(0, now - at) / FORGET_MS)
}

/** The buckets of all callers, by who they are: an address. */
export class FailedSignIns {
  readonly #buckets = new Map<string, Bucket>()

  waitOf(caller: string, now: number): number {
    return waitBefore(this.#buckets.get(caller), now)
  }

  add(caller: string, now: number): void {
    const bucket = filled(this.#buckets.get(caller), now)
    this.#buckets.delete(caller)
    this.#buckets.set(caller, bucket)
    if (this.#buckets.size <= MAX_CALLERS) return
    for (const oldest of this.#buckets.keys()) {
      this.#buckets.delete(oldest)
      return
    }
  }

  /** It was no failure after all. */
  takeBack(caller: string): void {
    const bucket = this.#buckets.get(caller)
    if (bucket !== undefined) this.#buckets.set(caller, { ...bucket, level: Math.max(0, bucket.level - 1) })
  }
}
