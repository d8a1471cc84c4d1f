import type { Terminal } from '../terminal.ts'
import { readableBytes } from './readable-bytes.ts'

/** Characters of the bar. */
const BAR = 28
/** Milliseconds between two drawings. */
const DRAW_MS = 100

/** How far a transfer has come, as one line with a bar. */
export function transferLine(what: string, bytes: number, total: number | undefined, seconds: number): string {
  const rate = seconds > 0 ? `${readableBytes(bytes / seconds)}/s` : ''
  if (total === undefined) return `${what} ${readableBytes(bytes)} ${rate}`
  const share = total === 0 ? 1 : bytes / total
  const filled = Math.floor(share * BAR)
  const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`
  return `${what} ${bar} ${Math.floor(share * 100)}% of ${readableBytes(total)} ${rate}`
}

/** Shows a transfer on a terminal; elsewhere nothing. */
export class Transfer {
  readonly #terminal: Terminal
  readonly #what: string
  readonly #begun = performance.now()
  #drawn = 0

  constructor(terminal: Terminal, what: string) {
    this.#terminal = terminal
    this.#what = what
  }

  readonly told = (bytes: number, total: number | undefined): void => {
    const now = performance.now()
    const isLast = bytes === total
    if (!this.#terminal.isInteractive || (now - this.#drawn < DRAW_MS && !isLast)) return
    this.#drawn = now
    const line = transferLine(this.#what, bytes, total, (now - this.#begun) / 1_000)
    this.#terminal.error(`\r\u001b[K${line.slice(0, this.#terminal.columns - 1)}`)
  }

  end(): void {
    if (this.#drawn > 0) this.#terminal.error('\n')
  }
}
