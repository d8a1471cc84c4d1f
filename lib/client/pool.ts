import { CloudException } from '../protocol/errors.ts'
import type { JidRange } from './api.ts'
import { argumentError, shown } from './argument-error.ts'
import type { Cloud } from './cloud-api.ts'
import { AsyncResult } from './result/async-result.ts'

type Sequence<T> = Iterable<T> | AsyncIterable<T>

/**
 * PiCloud's emulation of Python's multiprocessing Pool, over jobs. It has no processes of its own to start or to end.
 * Where Python blocks, these give promises. New programs do better with `call` and `map`.
 */
export interface Pool {
  /** The value of `fn(...args)`. A promise: nothing blocks here. */
  apply<A extends readonly unknown[], R>(fn: (this: void, ...args: A) => R, args?: A): Promise<Awaited<R>>
  /** The same, at once, with a handle. `callback` is called with the value when it is there. */
  applyAsync<A extends readonly unknown[], R>(
    fn: (this: void, ...args: A) => R,
    args?: A,
    callback?: (this: void, value: Awaited<R>) => unknown,
  ): AsyncResult<Awaited<R>>
  /** All values, in order. `chunksize` is taken for likeness and changes nothing. */
  map<A, R>(fn: (this: void, item: A) => R, items: Sequence<A>, chunksize?: number): Promise<Awaited<R>[]>
  mapAsync<A, R>(fn: (this: void, item: A) => R, items: Sequence<A>, chunksize?: number): AsyncResult<Awaited<R>[]>
  /** Values in order, as they finish. `chunksize` says how many are read ahead. */
  imap<A, R>(fn: (this: void, item: A) => R, items: Sequence<A>, chunksize?: number): AsyncIterableIterator<Awaited<R>>
  /** Values as they finish, in any order. */
  imapUnordered<A, R>(
    fn: (this: void, item: A) => R,
    items: Sequence<A>,
    chunksize?: number,
  ): AsyncIterableIterator<Awaited<R>>
  /** Not supported: the following throw with code `unsupported` and say what to do instead. */
  close(): never
  join(): never
  terminate(): never
}

/** A Pool over a cloud's jobs. */
export function createPool(cloud: Cloud): Pool {
  // The types of `call` and `map` are for people's functions; here they come through generic ones.
  const call = cloud.call as (fn: unknown, ...args: unknown[]) => ReturnType<typeof cloud.call>
  const map = cloud.map as unknown as (fn: unknown, items: unknown) => Mapping
  const mapped = (fn: unknown, items: unknown, rest: readonly unknown[]): Mapping => {
    checkChunksize(rest[0])
    if (rest.length > 1)
      throw unsupported('A callback of map', 'Await the result, or use cloud.with({ callback }).map.')
    return map(fn, items)
  }
  const applied = (fn: unknown, args: unknown): Promise<unknown> => {
    if (!Array.isArray(args)) throw argumentError(`The arguments are ${shown(args)}: apply takes them as an array.`)
    return call(fn, ...args).result()
  }
  const pool = {
    async apply(fn: unknown, args: unknown = [], ...rest: unknown[]) {
      if (rest.length > 0) throw unsupported('Arguments by name', 'Give an object as an argument.')
      return applied(fn, args)
    },
    applyAsync(fn: unknown, args: unknown = [], callback?: (value: unknown) => unknown) {
      if (callback !== undefined && typeof callback !== 'function') {
        throw argumentError(`The callback is ${shown(callback)}: it takes a function.`)
      }
      const value = applied(fn, args)
      if (callback !== undefined) value.then(callback).catch(quiet)
      return new AsyncResult(value)
    },
    map: async (fn: unknown, items: unknown, ...rest: unknown[]) => mapped(fn, items, rest).result(),
    mapAsync: (fn: unknown, items: unknown, ...rest: unknown[]) => new AsyncResult(mapped(fn, items, rest).result()),
    imap: (fn: unknown, items: unknown, ...rest: unknown[]) => inOrder(cloud, mapped(fn, items, rest), rest[0]),
    imapUnordered: (fn: unknown, items: unknown, ...rest: unknown[]) => unordered(cloud, mapped(fn, items, rest)),
    close: () => refuse('close', 'A pool has no processes of its own; cloud.close() ends the client.'),
    join: () => refuse('join', 'Await the results, or cloud.join(jids).'),
    terminate: () => refuse('terminate', 'cloud.kill() ends jobs.'),
  }
  return pool as unknown as Pool
}

/** Throws for what multiprocessing's Pool takes when it is made. */
export function checkPoolArguments(given: readonly unknown[]): void {
  if (given.length === 0) return
  throw unsupported(
    'A pool with processes, an initializer or a task limit of its own',
    'Jobs run wherever there is room: cloud.pool().',
  )
}

type Mapping = ReturnType<Cloud['map']> & Promise<JidRange>

async function* inOrder(cloud: Cloud, mapping: Mapping, chunksize: unknown): AsyncGenerator<unknown> {
  const numInParallel = chunksize === undefined ? undefined : Math.min(chunksize as number, MOST_AHEAD)
  yield* cloud.iresult(await mapping, numInParallel === undefined ? {} : { numInParallel })
}

async function* unordered(cloud: Cloud, mapping: Mapping): AsyncGenerator<unknown> {
  for await (const settled of cloud.completed(await mapping)) {
    if (settled.status !== 'done') throw settled.reason
    yield settled.value
  }
}

/** What iresult reads ahead at the most. */
const MOST_AHEAD = 1_024

function checkChunksize(chunksize: unknown): void {
  if (chunksize === undefined || (Number.isInteger(chunksize) && (chunksize as number) > 0)) return
  throw argumentError(`chunksize is ${shown(chunksize)}: it takes a positive integer.`)
}

function refuse(method: string, instead: string): never {
  throw unsupported(`Pool.${method}`, instead)
}

function unsupported(what: string, instead: string): CloudException {
  return new CloudException(`${what} is not supported.`, { code: 'unsupported', hint: instead })
}

/** The error is the AsyncResult's to tell; what the callback throws is the callback's. */
function quiet(error: unknown): void {
  if (!CloudException.isCloudException(error))
    process.emitWarning(`A callback of applyAsync failed: ${String(error)}`, 'PiCloudCallbackWarning')
}
