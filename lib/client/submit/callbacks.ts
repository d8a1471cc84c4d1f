import type { Range } from '../../protocol/job.ts'
import type { Callback, Jid } from '../api.ts'
import type { Session } from '../connect/session.ts'
import type { FinalRun } from '../result/finals.ts'
import type { ReadOptions } from './wire-options.ts'

/** Runs the callbacks of accepted jobs when these end: each once, in the order of the list, whatever one of them throws. */
export function watchCallbacks(session: Session, { onDone, onError }: ReadOptions, [first, count]: Range): void {
  if (onDone.length === 0 && onError.length === 0) return
  session.waiter.watch({
    first,
    count,
    results: false,
    finished(run: FinalRun, from: number, to: number) {
      for (let jid = from; jid < to; jid++) {
        const callbacks = run.statuses[jid - run.first] === 'done' ? onDone : onError
        if (callbacks.length > 0) void runAll(callbacks, jid)
      }
    },
    failed(error) {
      // A closed client's callbacks are given up with it; anything else is worth a word.
      if ((error as { code?: unknown }).code !== 'closed')
        report(error, `of ${count === 1 ? `job ${first}` : `${count} jobs`}`)
    },
  })
}

async function runAll(callbacks: readonly Callback[], jid: number): Promise<void> {
  for (const callback of callbacks) {
    try {
      await callback(jid as unknown as Jid)
    } catch (error) {
      report(error, `of job ${jid}`)
    }
  }
}

function report(error: unknown, whose: string): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
  process.emitWarning(`A callback ${whose} failed: ${text}`, 'PiCloudCallbackWarning')
}
