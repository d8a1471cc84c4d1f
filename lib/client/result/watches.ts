import type { Range } from '../../protocol/job.ts'
import { RangeSet } from '../jids/range-set.ts'
import type { FinalRun } from './finals.ts'

/** Consecutive jobs that somebody waits for. */
export interface Watch {
  readonly first: number
  readonly count: number
  /** False: statuses will do. */
  readonly results: boolean
  /** What it is told is not to be kept for others: it reads so much that nothing else would be left. Default false. */
  readonly passing?: boolean
  /** Jobs from `from` to before `to`, all of this watch, have ended. */
  finished(run: FinalRun, from: number, to: number): void
  /** The wait itself failed, for all that is left of this watch. */
  failed(error: unknown): void
}

/** Who waits for which jobs. Watches of one job are found by its jid, longer ones by looking at each. */
export class Watches {
  readonly #singles = new Map<number, Set<Watch>>()
  /** With its jobs that are still open. */
  readonly #longer = new Map<Watch, RangeSet>()
  #results = 0

  get isEmpty(): boolean {
    return this.#singles.size === 0 && this.#longer.size === 0
  }

  /** Whether anybody needs more than statuses. */
  get wantResults(): boolean {
    return this.#results > 0
  }

  add(watch: Watch): void {
    if (watch.results) this.#results++
    if (watch.count > 1) {
      const open = new RangeSet()
      open.add(watch.first, watch.count)
      this.#longer.set(watch, open)
      return
    }
    const same = this.#singles.get(watch.first)
    if (same === undefined) this.#singles.set(watch.first, new Set([watch]))
    else same.add(watch)
  }

  delete(watch: Watch): boolean {
    if (watch.count > 1) {
      if (!this.#longer.delete(watch)) return false
    } else {
      const same = this.#singles.get(watch.first)
      if (!same?.delete(watch)) return false
      if (same.size === 0) this.#singles.delete(watch.first)
    }
    if (watch.results) this.#results--
    return true
  }

  /** Tells each job of a run once to each watch. False: somebody needs its payloads, and they were not asked for. */
  finished(run: FinalRun): boolean {
    const count = run.statuses.length
    let served = this.#singles.size === 0 || this.#tellSingles(run, run.first + count)
    for (const [watch, open] of this.#longer) {
      if (watch.results && run.payloads === undefined) {
        served = false
        continue
      }
      const ended = open.cut(run.first, count)
      if (open.isEmpty) this.delete(watch)
      for (const [from, many] of ended) watch.finished(run, from, from + many)
    }
    return served
  }

  /** Whether somebody who waits for these jobs has them pass, and nobody else waits for them. */
  isPassing({ first, statuses }: FinalRun): boolean {
    if (this.#singles.size > 0) return false
    let passing = false
    for (const watch of this.#longer.keys()) {
      if (watch.first >= first + statuses.length || first >= watch.first + watch.count) continue
      if (watch.passing !== true) return false
      passing = true
    }
    return passing
  }

  /** A list, as those told may watch more. */
  where(which: (watch: Watch) => boolean): readonly Watch[] {
    const all = [...this.#longer.keys()]
    for (const same of this.#singles.values()) all.push(...same)
    return all.filter(which)
  }

  /** All that is still waited for. */
  *open(): Generator<Range> {
    for (const jid of this.#singles.keys()) yield [jid, 1]
    for (const open of this.#longer.values()) yield* open
  }

  #tellSingles(run: FinalRun, end: number): boolean {
    let served = true
    for (let jid = run.first; jid < end; jid++) {
      const same = this.#singles.get(jid)
      if (same === undefined) continue
      for (const watch of [...same]) {
        if (watch.results && run.payloads === undefined) {
          served = false
          continue
        }
        this.delete(watch)
        watch.finished(run, jid, jid + 1)
      }
    }
    return served
  }
}
