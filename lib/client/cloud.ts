import { joined } from '../protocol/range.ts'
import type { Jid, JobOptions, Wait } from './api.ts'
import { argumentError, shown } from './argument-error.ts'
import type { Cloud, ConnectionInfo, ListOptions } from './cloud-api.ts'
import type { Session } from './connect/session.ts'
import { explain } from './explain.ts'
import { checkedJid, countOf, rangesOf, shapeOf } from './jids/jids.ts'
import { checkPoolArguments, createPool } from './pool.ts'
import { completed } from './result/completed.ts'
import { InOrder, readAhead } from './result/iresult.ts'
import { type CallSite, callSite } from './result/job-error.ts'
import { mapResults } from './result/map-results.ts'
import { deleteJobs, infoOf, killJobs, listJobs, statusOf } from './result/queries.ts'
import { collect, resultOf } from './result/result.ts'
import { checkWait } from './result/wait-options.ts'
import { createAccount } from './service/account.ts'
import { createCrons } from './service/crons.ts'
import { createEnvironments } from './service/environments.ts'
import { createFiles } from './service/files.ts'
import { createRest } from './service/rest.ts'
import { ref, refs } from './submit/references.ts'
import { type SubmitParams, submitCall, submitMap, type Ways } from './submit/submit.ts'
import type { CallHandle, MapHandle } from './submit/submitted.ts'
import { noOptions, type ReadOptions, readOptions } from './submit/wire-options.ts'

export interface CloudParams {
  /** The session in use, opened on the first ask. Throws `not-configured` or `closed`. */
  session(): Session
  /** Where the jobs would go; opens nothing. */
  info(): ConnectionInfo
  /** True if there was something to close. */
  close(): Promise<boolean>
}

type WaitOptions = Wait & { readonly ignoreErrors?: boolean; readonly numInParallel?: number }

/** A client over one session. Its methods use no `this`, so they may be taken off. */
export function createCloud({ session, info, close }: CloudParams): Cloud {
  function wait(jids: unknown, options: WaitOptions, values: boolean, site: CallSite): Promise<unknown> {
    checkWait(options)
    return collect({ session: session(), shape: shapeOf(jids as Jid), options, values, site })
  }
  // No promise more than it takes: a lone result is one of the shortest ways through this library.
  const result = (jids: unknown, options?: WaitOptions): Promise<unknown> => {
    try {
      const isLone = options === undefined && typeof jids === 'number'
      return isLone ? resultOf(session(), checkedJid(jids)) : wait(jids, options ?? {}, true, callSite())
    } catch (error) {
      return Promise.reject(error)
    }
  }
  const join = async (jids: unknown, options: WaitOptions = {}): Promise<void> => {
    await wait(jids, options, false, callSite())
  }
  const inOrder = (jids: Iterable<number> | AsyncIterable<number>, options: WaitOptions): InOrder => {
    checkWait(options)
    const numInParallel = readAhead(options.numInParallel)
    return new InOrder({ session: session(), jids, options, numInParallel, site: callSite() })
  }
  const iresult = (jids: Iterable<Jid>, options: WaitOptions = {}): InOrder => inOrder(each(jids, 'iresult'), options)
  const ways: Ways = {
    result: (jids, options, site) =>
      site === undefined
        ? result(jids, options as WaitOptions | undefined)
        : wait(jids, (options ?? {}) as WaitOptions, true, site),
    iterate: parts => mapResults({ session, parts, site: callSite() }),
  }
  const submitting = (options: ReadOptions) => {
    const params: SubmitParams = { session, options, ways }
    const call = (fn: unknown, ...args: unknown[]): CallHandle => submitCall(params, fn, args, call)
    const map = (fn: unknown, ...sequences: unknown[]): MapHandle => submitMap(params, fn, sequences, map)
    return { call, map }
  }
  const cloud = {
    ...submitting(noOptions),
    with: (options: JobOptions) => submitting(readOptions(options)),
    ref,
    refs,
    join,
    result,
    iresult,
    completed: (jids: Iterable<Jid>, options: Wait = {}) => {
      checkWait(options)
      const ranges = joined(rangesOf(shapeOf(jids)))
      return completed({ session: session(), ranges, count: countOf(ranges), options, site: callSite() })
    },
    jobs: (options: ListOptions = {}) => listJobs(session(), options),
    status: async (jids: Jid) => statusOf(session(), shapeOf(jids)),
    info: async (jids: Jid, keys?: unknown) => infoOf(session(), rangesOf(shapeOf(jids)), keys),
    kill: async (jids?: Jid, options: { tree?: boolean } = {}) =>
      killJobs(session(), jids === undefined ? undefined : rangesOf(shapeOf(jids)), options),
    delete: async (jids: Jid) => deleteJobs(session(), rangesOf(shapeOf(jids))),
    account: createAccount(session),
    explain: (fn: unknown, ...args: unknown[]) => explain(fn, args),
    cron: createCrons(session),
    rest: createRest(session),
    files: createFiles(session),
    env: createEnvironments(session),
    pool: (...given: unknown[]) => {
      checkPoolArguments(given)
      return createPool(cloud as unknown as Cloud)
    },
    isSimulated: () => info().type === 'simulation',
    runningOnCloud: () => info().type === 'job',
    connectionInfo: () => info(),
    close,
    [Symbol.asyncDispose]: async () => void (await close()),
  }
  return cloud as unknown as Cloud
}

function each(jids: Iterable<Jid>, name: string): Iterable<number> {
  if (typeof jids === 'object' && jids !== null && Symbol.iterator in jids) return walk(jids)
  throw argumentError(`${name} takes an iterable of jids, not ${shown(jids)}.`)
}

/** One by one, as they are read ahead: the iterable may be longer than anyone wants to hold. */
function* walk(jids: Iterable<unknown>): Generator<number> {
  for (const jid of jids) {
    if (typeof jid === 'number') yield jid
    else for (const [first, count] of rangesOf(shapeOf(jid as Jid))) for (let n = 0; n < count; n++) yield first + n
  }
}
