import { decodeRun, type Sent } from '../frames/run-frame.ts'

/** One job of a group. */
export interface Queued {
  readonly group: Sent
  readonly nth: number
}

/** The jobs that lie in this child and have not had their turn, in the order in which they came. */
export class JobQueue {
  #groups: Sent[] = []
  /** The first one that has not: its group, and which of that. */
  #at = 0
  #nth = 0

  push(body: Buffer): void {
    if (this.#at === this.#groups.length) {
      this.#groups = []
      this.#at = 0
    }
    this.#groups.push(...decodeRun(body))
  }

  next(): Queued | undefined {
    const group = this.#groups[this.#at]
    if (group === undefined) return undefined
    const nth = this.#nth++
    if (this.#nth === group.args.ends.length) {
      this.#at++
      this.#nth = 0
    }
    return { group, nth }
  }

  /** Whether any runs under this spec. */
  needs(spec: number): boolean {
    return this.#groups.some((group, index) => index >= this.#at && group.spec === spec)
  }
}
