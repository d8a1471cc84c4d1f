/** Longer than any wait; the longest that a timer takes. */
const FOREVER_MS = 2 ** 31 - 1

/** Keeps the process alive while somebody waits. One timer, made on first use: its making costs more than its use. */
export class KeepAlive {
  #timer: NodeJS.Timeout | undefined

  start(): void {
    if (this.#timer === undefined) this.#timer = setInterval(() => undefined, FOREVER_MS)
    else this.#timer.ref()
  }

  stop(): void {
    this.#timer?.unref()
  }
}
