import type { LeaseAnswer, LeaseRequest } from '../../protocol/routes.ts'

/** Jids leased at first; each further lease doubles it, up to the most. */
const FIRST_LEASE = 100
const MAX_AHEAD = 10_000
/** Milliseconds before its end at which a lease counts as over: clocks differ, and a request takes a while. */
const MARGIN_MS = 15_000
/** Jids of one block, the unit of record: block 0 holds 1 to 100, and segments do not cross a block's end. */
const BLOCK = 100

/** The first jid of the next block, or this one where a block starts here. */
function blockFrom(jid: number): number {
  return Math.ceil((jid - 1) / BLOCK) * BLOCK + 1
}

/** How many jids are left of this one's block, itself included. */
export function leftOfBlock(jid: number): number {
  return BLOCK - ((jid - 1) % BLOCK)
}

interface Free {
  next: number
  end: number
  readonly expires: number
}

export interface LeasesOptions {
  lease(request: LeaseRequest): Promise<LeaseAnswer>
  now?(): number
}

/** Fresh jids, ahead of need, so that a call needs no request to get its id. Ascending within one lease. */
export class Leases {
  readonly #lease: (request: LeaseRequest) => Promise<LeaseAnswer>
  readonly #now: () => number
  #free: Free[] = []
  #size = FIRST_LEASE
  #turn: Promise<unknown> = Promise.resolve()

  constructor({ lease, now = Date.now }: LeasesOptions) {
    this.#lease = lease
    this.#now = now
  }

  /** The first of `count` consecutive jids, if they were leased already. `whole`: from the start of a block. */
  take(count: number, whole = false): number | undefined {
    if (this.#free.length === 0) return undefined
    const limit = this.#now() + MARGIN_MS
    for (let index = 0; index < this.#free.length; index++) {
      const free = this.#free[index] as Free
      if (free.expires <= limit) {
        this.#free.splice(index--, 1)
        continue
      }
      const from = whole ? blockFrom(free.next) : free.next
      if (from + count > free.end) continue
      if (from > free.next) this.#free.splice(index++, 0, { next: free.next, end: from, expires: free.expires })
      free.next = from + count
      if (free.next === free.end) this.#free.splice(index, 1)
      return from
    }
    return undefined
  }

  /** The same, leasing what is lacking. */
  async need(count: number, whole = false): Promise<number> {
    const taken = this.take(count, whole)
    if (taken !== undefined) return taken
    // One at a time: a second caller finds what the first one's lease left over.
    const turn = this.#turn.then(() => this.#fetch(count, whole))
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  /** Forgets what is left: the service refused it. */
  drop(): void {
    this.#free = []
  }

  async #fetch(count: number, whole: boolean): Promise<number> {
    const taken = this.take(count, whole)
    if (taken !== undefined) return taken
    const asked = Math.max(Math.ceil(count / BLOCK) * BLOCK, this.#size)
    this.#size = Math.min(MAX_AHEAD, this.#size * 2)
    const { first, count: given, expires } = await this.#lease({ count: asked })
    const free = { next: first, end: first + given, expires }
    free.next += count
    if (free.next < free.end) this.#free.push(free)
    return first
  }
}
