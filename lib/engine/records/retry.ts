import type { ErrorCode } from '../../protocol/errors.ts'

/** What another try may cure. The rest would end the same way again: a result that can't travel, code that can't be revived … */
const curable: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['exception', 'exit', 'oom', 'timeout', 'crash', 'lost'])

export interface Failed {
  readonly status: 'done' | 'error' | 'killed'
  readonly code?: ErrorCode | undefined
  /** Tries that failed before this one. */
  readonly retries: number
  /** Retries that the submission asked for. */
  readonly allowed: number
}

export function isToBeTriedAgain({ status, code, retries, allowed }: Failed): boolean {
  return status === 'error' && retries < allowed && code !== undefined && curable.has(code)
}

/** Milliseconds before the first retry; each further one doubles it. Long enough for a service that hiccups, short enough to wait for. */
export const BACK_OFF_MS = 500
/** Milliseconds at most between two tries. */
export const MAX_BACK_OFF_MS = 120_000

/** Milliseconds to leave before the next try: between half and the whole of a doubling delay, so that jobs that failed together come apart. */
export function backOff({ retries, random }: { readonly retries: number; readonly random: number }): number {
  const whole = Math.min(MAX_BACK_OFF_MS, BACK_OFF_MS * 2 ** Math.min(retries, 30))
  return Math.round(whole / 2 + (whole / 2) * random)
}
