import { CloudException } from '../../protocol/errors.ts'
import { CloudTimeoutError } from '../../protocol/timeout-error.ts'
import type { Duration, Wait } from '../api.ts'
import { argumentError, shown } from '../argument-error.ts'
import { milliseconds } from '../submit/duration.ts'

/** The longest that a timer takes; longer timeouts count as none: 24 days. */
const MAX_TIMER_MS = 2 ** 31 - 1

const known: ReadonlySet<string> = new Set(['timeout', 'signal', 'progress', 'ignoreErrors', 'numInParallel'])

/** Throws a TypeError for options that a wait does not take. */
export function checkWait(options: (Wait & { ignoreErrors?: boolean; numInParallel?: number }) | undefined): void {
  if (options === undefined) return
  if (typeof options !== 'object' || options === null)
    throw argumentError(`A wait takes options, not ${shown(options)}.`)
  const names = Object.keys(options)
  if (names.length === 0) return
  for (const name of names) {
    if (!known.has(name)) throw argumentError(`A wait has no option ${name}; it takes ${[...known].join(', ')}.`)
  }
  const { timeout, signal, ignoreErrors, progress } = options
  if (timeout !== undefined) milliseconds(timeout, 'timeout')
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw argumentError(`The option signal is ${shown(signal)}: it takes an AbortSignal.`)
  }
  for (const [name, flag] of Object.entries({ ignoreErrors, progress })) {
    if (flag !== undefined && typeof flag !== 'boolean') {
      throw argumentError(`The option ${name} is ${shown(flag)}: it takes true or false.`)
    }
  }
}

/** Calls `over` when a wait ends before its jobs do: on its timeout or its signal. Returns what takes that back. */
export function limitWait({ timeout, signal }: Wait, what: string, over: (error: CloudException) => void): () => void {
  if (timeout === undefined && signal === undefined) return noop
  const timer = timeout === undefined ? undefined : startTimer(timeout, what, over)
  const abort = (): void => over(aborted(what, signal?.reason))
  if (signal?.aborted) abort()
  else signal?.addEventListener('abort', abort, { once: true })
  return () => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', abort)
  }
}

function startTimer(
  timeout: Duration,
  what: string,
  over: (error: CloudException) => void,
): NodeJS.Timeout | undefined {
  const ms = milliseconds(timeout, 'timeout')
  if (ms > MAX_TIMER_MS) return undefined
  return setTimeout(() => {
    over(
      new CloudTimeoutError(`The wait for ${what} ran out of time after ${shown(timeout)} (a number is seconds).`, {
        hint: 'The jobs run on.',
      }),
    )
  }, ms)
}

export function aborted(what: string, cause: unknown): CloudException {
  return new CloudException(`The wait for ${what} was given up by its signal.`, {
    code: 'aborted',
    hint: 'The jobs run on.',
    cause,
  })
}

function noop(): void {}
