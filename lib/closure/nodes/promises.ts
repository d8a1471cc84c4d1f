import { setTimeout as sleep } from 'node:timers/promises'
import { type Inside, isThenable } from '../../value/inside.ts'
import { CaptureError } from '../capture-error.ts'
import { releaseRemotes } from '../source/end-of-capture.ts'
import { internalsOf } from '../source/inspector.ts'

/**
 * A promise travels as what it was settled with. V8 shows that: nothing is attached to the promise, so a rejection that
 * nobody handles stays one here. One that is pending is waited for, as long as a submit may wait.
 */

/** Milliseconds that a submit waits for pending promises in what it captured. */
export const MAX_PENDING_MS = 10_000
/** Between two looks at a pending promise, in milliseconds: the first, and the longest. */
const FIRST_LOOK_MS = 1
const LONGEST_LOOK_MS = 50

/** A promise can't travel yet. */
class PendingError extends CaptureError {
  readonly promise: object

  constructor(promise: object) {
    super('a promise can’t be sent while it is pending', {
      path: [],
      hint: `Await it first: what a function captured is waited for, but not longer than ${MAX_PENDING_MS / 1000} s.`,
    })
    this.promise = promise
  }
}

export function promiseInside(promise: object): Inside {
  const [state, value] = internalsOf(promise, ['[[PromiseState]]', '[[PromiseResult]]'])
  if (state === 'pending') throw new PendingError(promise)
  if (state === 'fulfilled' && isThenable(value)) {
    throw new CaptureError('a promise of what has a `then` itself can’t be sent', {
      path: [],
      hint: 'Send what it was fulfilled with.',
    })
  }
  return { kind: 'promise', rejected: state === 'rejected', value }
}

/**
 * Tries again what was refused because a promise is pending, once that is settled.
 * @param limit milliseconds for all waiting. Default MAX_PENDING_MS
 * @returns undefined for what was refused for another reason
 */
export function whenSettled<T>(refusal: unknown, again: () => T, limit = MAX_PENDING_MS): Promise<T> | undefined {
  return pendingIn(refusal) === undefined ? undefined : settle(refusal, again, performance.now() + limit)
}

async function settle<T>(first: unknown, again: () => T, until: number): Promise<T> {
  let refusal = first
  for (let pause = FIRST_LOOK_MS; ; pause = Math.min(2 * pause, LONGEST_LOOK_MS)) {
    const promise = pendingIn(refusal)
    if (promise === undefined || performance.now() >= until) throw refusal
    await sleep(pause)
    if (isPending(promise)) continue
    try {
      return again()
    } catch (error) {
      refusal = error
      pause = FIRST_LOOK_MS
    }
  }
}

function isPending(promise: object): boolean {
  try {
    return internalsOf(promise, ['[[PromiseState]]'])[0] === 'pending'
  } finally {
    releaseRemotes()
  }
}

function pendingIn(refusal: unknown): object | undefined {
  let at = refusal
  while (at instanceof Error && !(at instanceof PendingError)) at = at.cause
  return at instanceof PendingError ? at.promise : undefined
}
