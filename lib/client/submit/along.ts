import { CaptureError } from '../../closure/capture-error.ts'
import type { SharedState } from '../../closure/shared-state.ts'
import { ValueError } from '../../value/value-error.ts'

/**
 * Captures a function once more, with what its arguments need of it, and these with it.
 * @param things what else its arguments need
 * @param again is tried without the WeakMaps where these can't go along: caches fill again, and what is more is refused then
 */
export function captureAlong<T>(
  { weak }: SharedState,
  things: readonly unknown[],
  again: (along: readonly unknown[]) => T,
): T {
  if (weak.length === 0) return again(things)
  try {
    return again([...things, ...weak])
  } catch (error) {
    if (!(error instanceof CaptureError || error instanceof ValueError)) throw error
    return again(things)
  }
}
