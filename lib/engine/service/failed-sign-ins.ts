/**
 * A bucket a caller that leaks: each failure adds one, one runs out every so often. Full, the next try has to wait. What is
 * remembered is of this process.
 */
export interface Bucket {
  readonly level: number
  /** When it was at this level: epoch milliseconds. */
  readonly at: number
}

export interface FailureLimit {
  /** Failures at once before the next has to wait. */
  readonly failures: number
  /** Milliseconds in which one of them is forgotten. */
  readonly forgetMs: number
}

/** Of one address: a caller. */
export const ADDRESS_LIMIT: FailureLimit = { failures: 10, forgetMs: 6_000 }
/** Of one key's id, from wherever they come. */
export const KEY_LIMIT: FailureLimit = { failures: 60, forgetMs: 1_000 }
/** Buckets remembered of each kind; beyond them the one that failed least lately is forgotten. */
export const MAX_BUCKETS = 10_000

const empty: Bucket = { level: 0, at: 0 }

/** After one more failure. Pure. */
export function filled(bucket: Bucket | undefined, now: number, limit: FailureLimit): Bucket {
  return { level: levelAt(bucket, now, limit) + 1, at: now }
}

/** Milliseconds before the next failure may be: 0: at once. Pure. */
export function waitBefore(bucket: Bucket | undefined, now: number, limit: FailureLimit): number {
  return Math.max(0, Math.ceil((levelAt(bucket, now, limit) - (limit.failures - 1)) * limit.forgetMs))
}

function levelAt({ level, at }: Bucket = empty, now: number, { forgetMs }: FailureLimit): number {
  return Math.max(0, level - Math.max(0, now - at) / forgetMs)
}

/** The buckets of all that failed, by what they are told apart: an address, or a key's id. */
export class FailedSignIns<Of> {
  readonly #limit: FailureLimit
  readonly #buckets = new Map<Of, Bucket>()

  constructor(limit: FailureLimit) {
    this.#limit = limit
  }

  waitOf(of: Of, now: number): number {
    return waitBefore(this.#buckets.get(of), now, this.#limit)
  }

  add(of: Of, now: number): void {
    const bucket = filled(this.#buckets.get(of), now, this.#limit)
    this.#buckets.delete(of)
    this.#buckets.set(of, bucket)
    if (this.#buckets.size <= MAX_BUCKETS) return
    for (const oldest of this.#buckets.keys()) {
      this.#buckets.delete(oldest)
      return
    }
  }

  /** It was no failure after all. */
  takeBack(of: Of): void {
    const bucket = this.#buckets.get(of)
    if (bucket !== undefined) this.#buckets.set(of, { ...bucket, level: Math.max(0, bucket.level - 1) })
  }
}
