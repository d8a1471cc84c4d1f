/// <reference lib="esnext.disposable" preserve="true" />
import type { CloudException } from '../protocol/errors.ts'
import type { InfoKey, JobFacts, WaitsFor } from '../protocol/info.ts'
import type { Status } from '../protocol/job.ts'
import type { JidRange } from './jids/jid-range.ts'

export type { JidRange } from './jids/jid-range.ts'

export declare const of: unique symbol
/** Phantom and covariant: carries the type of a result, and nothing at run time. */
interface Of<out T> {
  readonly [of]: () => T
}

/** Id of a job: a number at run time, opaque to the compiler, so that it can't be passed where a number is meant. */
export interface Jid<out T = unknown> extends Of<T> {
  valueOf(): number
  toString(radix?: number): string
}

/** The result of another job, as an argument: the job waits for it, the worker puts it in its place. */
export interface Ref<out T> {
  readonly kind: 'ref'
  readonly [of]: () => T
}

type Row = readonly unknown[]
type Args<A extends Row> = { [I in keyof A]: A[I] | Ref<A[I]> }
type Items<T> = Iterable<T | Ref<T>> | AsyncIterable<T | Ref<T>>
type Item<R extends Row> = R[number] extends infer T ? (T extends Ref<infer U> ? U : T) : never
type Exact<S extends readonly Row[]> = { [I in keyof S]: Item<S[I]> }
type Padded<A extends Row> = { [I in keyof A]: A[I] | undefined }
/** Lengths that the compiler sees to be one: exact. Else the shorter are padded. */
type Cells<S extends readonly Row[]> = number extends S[0]['length']
  ? Padded<Exact<S>>
  : S extends readonly { readonly length: S[0]['length'] }[]
    ? Exact<S>
    : Padded<Exact<S>>
/** Of the shape of what was asked for, as `Promise.all`'s; E stands in failed slots. */
export type ResultOf<J, E = never> =
  J extends Jid<infer T>
    ? T | E
    : J extends JidRange<infer T>
      ? (T | E)[]
      : J extends Row
        ? { -readonly [I in keyof J]: ResultOf<J[I], E> }
        : J extends Iterable<infer U>
          ? ResultOf<U, E>[]
          : unknown
/** Of the shape of what was asked for, a status in each slot. */
export type StatusOf<J> = J extends Jid | number
  ? Status
  : J extends JidRange
    ? Status[]
    : J extends Row
      ? { -readonly [I in keyof J]: StatusOf<J[I]> }
      : J extends Iterable<infer U>
        ? StatusOf<U>[]
        : unknown

/** Seconds as a number, as PiCloud's, or a string with its unit: `'250ms'`, `'90s'`, `'5m'`, `'2h'`. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h'}`

/** How to wait. None of these touches the jobs: they run on. */
export interface Wait {
  /** Default: none. When it is over, `CloudTimeoutError`. */
  timeout?: Duration
  /** Ends the wait with code `aborted`. */
  signal?: AbortSignal
  /** Show done, failed, rate and time to go on stderr: a bar on a terminal, else a line now and then. Default false. */
  progress?: boolean
}
export interface Tolerant extends Wait {
  /** Wait for all, and put a CloudException in the slot of each job that failed. */
  ignoreErrors: true
}

export interface JobOptions {
  /** For listings. At most 256 characters. */
  label?: string
  /** Jobs that must be done first. */
  dependsOn?: Jids
  /** `'abort'` (default): when one of them fails the job is stalled. `'ignore'`: run all the same. */
  dependsOnErrors?: 'abort' | 'ignore'
  /** Default true. False: when its machine dies the job ends as `error` with code `lost`, and never runs twice. */
  restartable?: boolean
  /** A machine with more cores and memory, where machines differ; on one machine a higher priority. Default false. */
  highCpu?: boolean
  /** A process of its own, that ends with the job. Default false. */
  killProcess?: boolean
  /** Record a V8 CPU profile: `info(jid, 'profile')`. Default false. */
  profile?: boolean
  /** 0 (default): any value, with the path to one that can't travel. 1: without the path. 2: plain data only, fastest. */
  fastSerialization?: 0 | 1 | 2
  /** The attempt is ended with code `timeout` after this. Default: none. */
  maxRuntime?: Duration
  /** Not before: from now on, or at a moment. */
  startAfter?: Duration | Date
  /** How often to try again a job that failed. Default 0. */
  retries?: number
  env?: string
  /** Aborting it kills the jobs. */
  signal?: AbortSignal
  /** Called here, once, with the jid, when a job is done. Keeps the process alive until then. */
  callback?: Callback | readonly Callback[]
  /** Called likewise when a job ends as error, killed or stalled. */
  callbackOnError?: Callback | readonly Callback[]
}
export type Callback = (this: void, jid: Jid) => unknown
/** Jids in any shape. */
export type Jids = Jid | JidRange | number | Iterable<Jid | JidRange | number>
export type { Status } from '../protocol/job.ts'

/** What is kept of a job. Times in epoch milliseconds; runtime, CPU and billed times in seconds; memory in bytes; cost in USD. */
export interface JobInfo extends Omit<Required<JobFacts>, 'exception' | 'runtime'> {
  /** Undefined unless the job failed. */
  exception: CloudException | undefined
  /** 0 until the job started. */
  runtime: number
}
export type DefaultInfo = 'stdout' | 'stderr' | 'exception' | 'runtime' | 'status'
export type { InfoKey, WaitsFor }

/** `await` gives the jids, once the jobs are accepted; `.result()` goes on to the values. */
export interface Submitted<J, V, E = V> extends Promise<J> {
  result(options?: Wait): Promise<V>
  result(options: Tolerant): Promise<E>
}
export type Called<T> = Submitted<Jid<T>, T, T | CloudException>
export interface Mapped<T> extends Submitted<JidRange<T>, T[], (T | CloudException)[]>, AsyncIterable<T> {}
/** A `next()` that rejects does not end it; `await using` stops the reading ahead. */
export interface Results<T> extends AsyncIterableIterator<T>, AsyncDisposable {}
export type Settled<T> =
  | { jid: Jid<T>; status: 'done'; value: T }
  | { jid: Jid<T>; status: 'error' | 'killed' | 'stalled'; reason: CloudException }

/** Jobs of one submission, as a listing shows them. */
export interface Listed {
  readonly jids: JidRange
  readonly status: Status
  readonly label: string | undefined
  /** The function's name. */
  readonly function: string
  readonly created: Date
}

export interface Submit {
  /** One job. Arguments are checked against the function's parameters and captured before this returns. */
  call<R>(fn: (this: void) => R): Called<Awaited<R>>
  call<A extends Row, R>(fn: (this: void, ...args: A) => R, ...args: Args<A>): Called<Awaited<R>>
  /** A job an item; several sequences are walked side by side, the shorter padded with undefined. */
  map<A, R>(fn: (this: void, item: A) => R, items: Items<A>): Mapped<Awaited<R>>
  map<S extends readonly [Row, Row, ...Row[]], R>(
    fn: (this: void, ...items: Cells<S>) => R,
    ...seqs: { [I in keyof S]: readonly [...S[I]] }
  ): Mapped<Awaited<R>>
  map<A extends readonly [unknown, unknown, ...unknown[]], R>(
    fn: (this: void, ...items: Padded<A>) => R,
    ...seqs: { [I in keyof A]: Items<A[I]> }
  ): Mapped<Awaited<R>>
}
