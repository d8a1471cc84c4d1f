import type { Range, Status } from '../../protocol/job.ts'
import { type Packed, pack, unpack } from '../../protocol/packed.ts'
import type { WaitAnswer } from '../../protocol/routes.ts'
import { statusAt } from '../records/run.ts'
import { statusOf } from '../records/status-code.ts'
import type { RunChange } from './waiters.ts'

interface End {
  readonly status: Status
  readonly payload: Uint8Array
}

/** How jobs ended, as their changes tell it, without a look at the store. Of some it may know only that they ended. */
export class Ends {
  readonly #ends = new Map<number, End>()
  readonly #over = new Set<number>()
  /** Jobs whose runs are not finished. */
  #left = 0

  constructor(ranges: readonly Range[]) {
    for (const [, count] of ranges) this.#left += count
  }

  /** Whether all have ended. */
  get isOver(): boolean {
    return this.#left === 0
  }

  /** Changes may be told twice. */
  add({ run, payloads }: RunChange): void {
    if (payloads !== undefined) {
      const { offsets } = payloads
      for (let index = 0; index < offsets.length; index++) {
        const offset = offsets[index] as number
        const end = { status: statusOf(statusAt(run, offset)), payload: unpack(payloads.packed, index) }
        this.#ends.set(run.first + offset, end)
      }
    }
    if (run.unfinished > 0 || this.#over.has(run.first)) return
    this.#over.add(run.first)
    this.#left -= run.count
  }

  /** Those that are known in full, in the order of their jids. */
  answer(): { readonly finished: WaitAnswer['finished']; readonly payloads: Packed } {
    const finished: { first: number; statuses: Status[] }[] = []
    const payloads: Uint8Array[] = []
    let next = -1
    const ends = [...this.#ends]
    if (ends.length > 1) ends.sort(([one], [other]) => one - other)
    for (const [jid, { status, payload }] of ends) {
      if (jid === next) finished.at(-1)?.statuses.push(status)
      else finished.push({ first: jid, statuses: [status] })
      next = jid + 1
      payloads.push(payload)
    }
    return { finished, payloads: pack(payloads) }
  }
}
