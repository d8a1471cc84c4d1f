import type { Range } from '../../protocol/job.ts'
import { MAX_DURATION_MS, MAX_LABEL_CHARS, MAX_REQUEST_RANGES, MAX_RETRIES } from '../../protocol/limits.ts'
import type { WireOptions } from '../../protocol/options.ts'
import { joined } from '../../protocol/range.ts'
import type { Callback, Duration, JobOptions } from '../api.ts'
import { argumentError, shown } from '../argument-error.ts'
import { rangesOf, shapeOf } from '../jids/jids.ts'
import { milliseconds } from './duration.ts'

/** Options as they are used: checked once, when `with` is called. */
export interface ReadOptions {
  readonly wire: WireOptions
  /** Milliseconds from the call on; the moment is known only then. */
  readonly delay: number | undefined
  readonly level: 0 | 1 | 2
  readonly signal: AbortSignal | undefined
  readonly onDone: readonly Callback[]
  readonly onError: readonly Callback[]
}

const flags = ['restartable', 'highCpu', 'killProcess', 'profile'] as const
const known: ReadonlySet<string> = new Set([
  ...flags,
  'label',
  'dependsOn',
  'dependsOnErrors',
  'fastSerialization',
  'maxRuntime',
  'startAfter',
  'retries',
  'env',
  'signal',
  'callback',
  'callbackOnError',
] satisfies (keyof JobOptions)[])

/** Throws a TypeError that names the option at fault and says what it takes. */
export function readOptions(options: JobOptions): ReadOptions {
  if (typeof options !== 'object' || options === null) throw argumentError(`with takes options, not ${shown(options)}.`)
  for (const name of Object.keys(options)) {
    if (!known.has(name)) throw argumentError(`There is no option ${name}. Options are: ${[...known].join(', ')}.`)
  }
  const wire: WireOptions = {}
  for (const name of flags) {
    const value = options[name]
    if (value !== undefined && typeof value !== 'boolean') throw wrong(name, value, 'true or false')
    if (value !== undefined) wire[name] = value
  }
  readTexts(options, wire)
  readNumbers(options, wire)
  if (options.dependsOn !== undefined) wire.dependsOn = dependencies(rangesOf(shapeOf(options.dependsOn)))
  const { startAfter, signal } = options
  if (startAfter instanceof Date) wire.startAt = momentOf(startAfter)
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw wrong('signal', signal, 'an AbortSignal')
  return {
    wire,
    delay: startAfter === undefined || startAfter instanceof Date ? undefined : bounded('startAfter', startAfter),
    level: wire.fastSerialization ?? 0,
    signal,
    onDone: callbacks('callback', options.callback),
    onError: callbacks('callbackOnError', options.callbackOnError),
  }
}

export const noOptions: ReadOptions = readOptions({})

/** What a submission depends on, in as few ranges as there can be; a request takes only so many. */
export function dependencies(ranges: readonly Range[]): [number, number][] {
  const few = joined(ranges)
  if (few.length <= MAX_REQUEST_RANGES) return few
  throw argumentError(
    `These jobs would depend on ${few.length} separate ranges of jids; a submission takes ${MAX_REQUEST_RANGES}. ` +
      'Depend on the jids of a map, or on a job that depends on some of them.',
  )
}

function readTexts({ label, env, dependsOnErrors }: JobOptions, wire: WireOptions): void {
  for (const [name, text] of [
    ['label', label],
    ['env', env],
  ] as const) {
    if (text === undefined) continue
    if (typeof text !== 'string' || text.length === 0 || text.length > MAX_LABEL_CHARS) {
      throw wrong(name, text, `a string of 1 to ${MAX_LABEL_CHARS} characters`)
    }
    wire[name] = text
  }
  if (dependsOnErrors === undefined) return
  if (dependsOnErrors !== 'abort' && dependsOnErrors !== 'ignore') {
    throw wrong('dependsOnErrors', dependsOnErrors, "'abort' or 'ignore'")
  }
  wire.dependsOnErrors = dependsOnErrors
}

function readNumbers({ fastSerialization, maxRuntime, retries }: JobOptions, wire: WireOptions): void {
  if (fastSerialization !== undefined) {
    if (![0, 1, 2].includes(fastSerialization)) throw wrong('fastSerialization', fastSerialization, '0, 1 or 2')
    wire.fastSerialization = fastSerialization
  }
  if (retries !== undefined) {
    if (!Number.isInteger(retries) || retries < 0 || retries > MAX_RETRIES) {
      throw wrong('retries', retries, `an integer from 0 to ${MAX_RETRIES}`)
    }
    wire.retries = retries
  }
  if (maxRuntime !== undefined) wire.maxRuntime = Math.max(1, bounded('maxRuntime', maxRuntime))
}

function bounded(name: string, duration: Duration): number {
  const ms = Math.ceil(milliseconds(duration, name))
  if (ms <= MAX_DURATION_MS) return ms
  throw wrong(name, duration, `at most ${MAX_DURATION_MS / 3_600_000} hours`)
}

function momentOf(date: Date): number {
  const at = date.getTime()
  if (at >= 0) return Math.ceil(at)
  throw wrong('startAfter', date, 'a valid Date')
}

function callbacks(name: string, given: Callback | readonly Callback[] | undefined): readonly Callback[] {
  if (given === undefined) return []
  const list = typeof given === 'function' ? [given] : given
  if (Array.isArray(list) && list.every(item => typeof item === 'function')) return [...list]
  throw wrong(name, given, 'a function or a list of functions')
}

function wrong(name: string, value: unknown, taken: string): TypeError {
  return argumentError(`The option ${name} is ${shown(value)}: it takes ${taken}.`)
}
