/**
 * Runs what a job left for later in the same turn (ticks, microtasks, rejections that nobody handled), so that a failure
 * among it is still this job's. It costs 0.05 µs by the function through which Node itself ends each of its callbacks;
 * a turn of the event loop would cost 20 times as much for each job of a batch.
 * @throws what a tick threw; it must not be caught, as only Node itself can put its stack of callbacks in order again
 */
export const settleTurn: () => void =
  (process as { _tickCallback?: () => void })._tickCallback?.bind(process) ??
  (() => {
    throw new Error('This Node has no process._tickCallback: PiCloud needs Node 24.')
  })
