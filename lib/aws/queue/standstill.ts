import type { Clock } from '../../engine/ports/clock.ts'
import type { Queue } from '../../engine/ports/queue.ts'

/** Milliseconds between two looks at a queue: a request each. */
const LOOK_MS = 20_000
/** Milliseconds for which nobody has any of a queue's messages before it stands still: SQS's counts lag behind by up to a minute. */
const STANDSTILL_MS = 60_000

/**
 * Whether a queue has messages and nobody takes any, as where an account has no room for the functions that would.
 *
 * Asked at least every LOOK_MS it looks that often, the first time LOOK_MS after the first question; who asks again after a longer
 * time begins anew.
 */
export class Standstill {
  readonly #queue: Pick<Queue<never>, 'backlog'>
  readonly #clock: Pick<Clock, 'now'>
  #next = 0
  #asked = Number.NEGATIVE_INFINITY
  #since: number | undefined

  constructor(queue: Pick<Queue<never>, 'backlog'>, clock: Pick<Clock, 'now'>) {
    this.#queue = queue
    this.#clock = clock
  }

  async lasts(): Promise<boolean> {
    const now = this.#clock.now()
    const isNew = now - this.#asked > LOOK_MS
    this.#asked = now
    if (isNew) this.#since = undefined
    if (isNew || now < this.#next) {
      if (isNew) this.#next = now + LOOK_MS
      return false
    }
    this.#next = now + LOOK_MS
    const { waiting = 0, inFlight = 0 } = (await this.#queue.backlog?.({ chunks: [] })) ?? {}
    if (waiting === 0 || inFlight > 0) this.#since = undefined
    else this.#since ??= now
    return this.#since !== undefined && now - this.#since >= STANDSTILL_MS
  }
}
