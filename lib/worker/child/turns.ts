/**
 * Who decides whether a queued job starts: one shared word holds the sequence number of the next job to start. The main
 * thread moves it on by one as it starts a job; the watchdog thread moves it beyond all that was sent and so takes them
 * back. Both by compare-and-exchange: a job is started or taken back, never both, even while the main thread loops.
 */
const NEXT = 0

/** True: the job is ours to start. False: it was taken back. */
export function tryStart(words: Int32Array, sequence: number): boolean {
  return Atomics.compareExchange(words, NEXT, sequence, sequence + 1) === sequence
}

/** Takes back all up to `last` that have not started, and says which was the first of them. */
export function takeBack(words: Int32Array, last: number): number {
  for (;;) {
    const next = Atomics.load(words, NEXT)
    if (next > last || Atomics.compareExchange(words, NEXT, next, last + 1) === next) return next
  }
}

/** The sequence number of the first job that has not started. */
export function nextTurn(words: Int32Array): number {
  return Atomics.load(words, NEXT)
}
