import { availableParallelism } from 'node:os'
import { type Launcher, withLaunch } from '../engine/ports/launcher.ts'

/** Milliseconds for which the loop is kept awake after a launch: a job that is shorter is answered without anybody being woken. */
export const AWAKE_MS = 0.4

export interface Awake {
  /** Of the machine, as far as this process may use them. */
  readonly cores?: number
  readonly now?: () => number
  /** Calls back in the next turn of the event loop, which therefore does not sleep. */
  readonly soon?: (callback: () => void) => void
}

/**
 * The same launcher, behind which the event loop turns for a moment without sleeping. A child ends a short job sooner than the
 * system wakes a process that sleeps; to look for its answer costs less than to be woken for it. Where there is one core alone
 * the child needs it, and nothing is different.
 */
export function attentive(
  launcher: Launcher,
  { cores = availableParallelism(), now = () => performance.now(), soon = setImmediate }: Awake = {},
): Launcher {
  if (cores < 2) return launcher
  let until = 0
  let isAwake = false
  const look = (): void => {
    isAwake = now() < until
    if (isAwake) soon(look)
  }
  return withLaunch(launcher, (work, reports) => {
    until = now() + AWAKE_MS
    if (!isAwake) {
      isAwake = true
      soon(look)
    }
    return launcher.launch(work, reports)
  })
}
