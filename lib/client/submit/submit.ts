import { whenSettled } from '../../closure/nodes/promises.ts'
import type { Sent } from '../../closure/sent.ts'
import { CloudException } from '../../protocol/errors.ts'
import type { Range } from '../../protocol/job.ts'
import type { Jid } from '../api.ts'
import type { Session } from '../connect/session.ts'
import { JidRange } from '../jids/jid-range.ts'
import type { CallSite } from '../result/job-error.ts'
import { captureAlong } from './along.ts'
import { checkArity } from './arity.ts'
import { watchCallbacks } from './callbacks.ts'
import { type Prepared, prepare } from './functions.ts'
import type { Interest } from './habit.ts'
import { MapRun } from './map-run.ts'
import { Parts } from './parts.ts'
import type { Payload } from './payloads.ts'
import type { Asked } from './refusing.ts'
import { rowsOf } from './rows.ts'
import { namesOf } from './sent-names.ts'
import { CallHandle, MapHandle } from './submitted.ts'
import type { ReadOptions } from './wire-options.ts'

/** What a submission's handle goes on with. */
export interface Ways {
  /** Without a site it is found out from who waits. */
  result(jids: unknown, options: unknown, site?: CallSite): Promise<unknown>
  iterate(parts: Parts): AsyncIterator<unknown>
}

export interface SubmitParams {
  readonly session: () => Session
  readonly options: ReadOptions
  readonly ways: Ways
}

/**
 * One job. All that can be refused here is, before anything is sent; the handle rejects with it.
 * @param asked what the user called: stacks of refusals begin there
 */
export function submitCall(
  { session: open, options, ways }: SubmitParams,
  fn: unknown,
  args: readonly unknown[],
  asked: Asked,
): CallHandle {
  const interest: Interest = { wanted: false }
  return CallHandle.make({ ways, interest }, asked, (resolve, reject) => {
    checkSignal(options)
    const session = open()
    const accepted = (jid: number, sent: readonly Sent[]): void => {
      session.sent.note(jid, 1, sent)
      after(session, options, [jid, 1])
      resolve(jid as unknown as Jid)
    }
    const begin = (): void => {
      const alone = prepare(fn, options.wire.env)
      checkArity(alone.captured, args.length)
      const { prepared, bytes, depends, sent } = together(session, alone, fn, args, options)
      const names = namesOf(prepared, sent)
      const settling = { accepted: (jid: number) => accepted(jid, names), failed: reject, interest }
      const send = (payload: Uint8Array): void =>
        session.submitter.call({ prepared, options, depends, payload }, settling)
      if (bytes instanceof Promise) bytes.then(send, reject)
      else send(bytes)
    }
    const begun = settledFirst(begin)
    if (begun instanceof Promise) begun.catch(reject)
  })
}

/** What the arguments share with the function of the job they share there too: then it travels with that. */
function together(
  session: Session,
  alone: Prepared,
  fn: unknown,
  args: readonly unknown[],
  { level, wire }: ReadOptions,
): Payload & { readonly prepared: Prepared } {
  const payload = session.encoder(alone, level).encode(args, true, wire.env === undefined)
  const { shared } = payload
  if (shared === undefined) return { ...payload, prepared: alone }
  return captureAlong(shared, [...shared.functions, ...shared.ofPackages], along => {
    const prepared = prepare(fn, wire.env, along)
    return { ...session.encoder(prepared, level).encode(args, true), prepared }
  })
}

/** Does it at once, or later where what it captures holds pending promises. */
function settledFirst<T>(again: () => T): T | Promise<T> {
  try {
    return again()
  } catch (refusal) {
    const later = whenSettled(refusal, again)
    if (later === undefined) throw refusal
    return later
  }
}

/** A job a row. The function and the first rows are captured before this returns; the others as they are sent. */
export function submitMap(
  { session: open, options, ways }: SubmitParams,
  fn: unknown,
  sequences: readonly unknown[],
  asked: Asked,
): MapHandle {
  const parts = new Parts()
  return MapHandle.make({ ways, parts }, asked, (resolve, reject) => {
    checkSignal(options)
    const rows = rowsOf(sequences)
    const session = open()
    const accepted = (first: number, count: number): void => {
      after(session, options, [first, count])
      parts.add([first, count])
    }
    const failed = (error: unknown): void => {
      parts.fail(error)
      reject(error)
    }
    const begin = (prepared: Prepared): void => {
      const along = (things: readonly unknown[]): Prepared => prepare(fn, options.wire.env, things)
      const run = new MapRun({ session, prepared, along, options, rows, accepted })
      run.run(run.take()).then(ranges => {
        parts.end()
        resolve(new JidRange(ranges))
      }, failed)
    }
    const prepared = settledFirst(() => prepare(fn, options.wire.env))
    if (prepared instanceof Promise) prepared.then(begin).catch(failed)
    else begin(prepared)
  })
}

function checkSignal({ signal }: ReadOptions): void {
  if (!signal?.aborted) return
  throw new CloudException('Nothing was submitted: the signal had been aborted.', {
    code: 'aborted',
    cause: signal.reason,
  })
}

function after(session: Session, options: ReadOptions, jids: Range): void {
  if (options.signal !== undefined) session.abortKills.add(options.signal, jids)
  watchCallbacks(session, options, jids)
}
