import type { Range } from '../../protocol/job.ts'
import { MAX_REQUEST_RANGES } from '../../protocol/limits.ts'
import { paths } from '../../protocol/paths.ts'
import type { Transport } from '../connect/transport.ts'
import { RangeSet } from '../jids/range-set.ts'

/** Kills the jobs that were submitted with a signal when it aborts. One listener a signal, however many jobs. */
export class AbortKills {
  readonly #transport: Transport
  readonly #jobs = new WeakMap<AbortSignal, RangeSet>()

  constructor(transport: Transport) {
    this.#transport = transport
  }

  add(signal: AbortSignal, [first, count]: Range): void {
    let jobs = this.#jobs.get(signal)
    if (jobs === undefined) {
      jobs = new RangeSet()
      this.#jobs.set(signal, jobs)
      if (!signal.aborted) signal.addEventListener('abort', () => void this.#kill(signal), { once: true })
    }
    jobs.add(first, count)
    // It aborted while the jobs were on their way.
    if (signal.aborted) void this.#kill(signal)
  }

  async #kill(signal: AbortSignal): Promise<void> {
    const jobs = this.#jobs.get(signal)
    while (jobs !== undefined && !jobs.isEmpty) {
      try {
        await this.#transport.json('POST', paths.kill, { ranges: jobs.take(MAX_REQUEST_RANGES) })
      } catch (error) {
        process.emitWarning(`Jobs could not be killed when their signal aborted: ${String(error)}`, 'PiCloudWarning')
      }
    }
  }
}
