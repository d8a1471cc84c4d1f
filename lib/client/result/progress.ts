import { stderr } from 'node:process'

/** Milliseconds between two drawings on a terminal. */
const DRAW_MS = 100
/** Milliseconds between two plain lines. */
const LINE_MS = 2_000
/** Milliseconds between two questions how many run. */
const ASK_MS = 2_000
/** Characters of the bar itself, where there is room, and below which there is none. */
const BAR = 28
const MIN_BAR = 5

/** Where progress is shown: stderr, or what a test puts in its place. */
export interface Display {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
  write(text: string): unknown
}

export interface ProgressState {
  readonly total: number
  readonly done: number
  readonly failed: number
  /** Where that is known. */
  readonly running?: number | undefined
  /** Seconds since the start. */
  readonly elapsed: number
}

/** done, failed, running, rate and time to go, as one line. */
export function progressLine({ total, done, failed, running, elapsed }: ProgressState): string {
  const ended = done + failed
  const rate = elapsed > 0 ? ended / elapsed : 0
  const share = total === 0 ? 100 : Math.floor((ended * 100) / total)
  const parts = [`${ended}/${total} (${share}%)`, `${done} done`, `${failed} failed`]
  if (running !== undefined && ended < total) parts.push(`${Math.min(running, total - ended)} running`)
  parts.push(`${rateOf(rate)}/s`)
  if (ended < total) parts.push(rate > 0 ? `ETA ${spanOf((total - ended) / rate)}` : 'ETA unknown')
  else parts.push(`took ${spanOf(elapsed)}`)
  return parts.join(' · ')
}

/** The line with a bar before it, as long as the terminal leaves room for; the numbers come first where that is little. */
export function progressBar(state: ProgressState, columns: number): string {
  const { total, done, failed } = state
  const line = progressLine(state)
  const bar = Math.min(BAR, columns - line.length - 2)
  if (bar < MIN_BAR) return line.slice(0, Math.max(0, columns - 1))
  const filled = total === 0 ? bar : Math.floor(((done + failed) * bar) / total)
  return `${'█'.repeat(filled)}${'░'.repeat(bar - filled)} ${line}`
}

function rateOf(rate: number): string {
  if (rate >= 1_000) return `${(rate / 1_000).toFixed(1)}k`
  return rate >= 10 ? rate.toFixed(0) : rate.toFixed(1)
}

function spanOf(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)}s`
  if (seconds < 60) return `${seconds.toFixed(0)}s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes}m ${Math.floor(seconds % 60)}s` : `${Math.floor(minutes / 60)}h ${minutes % 60}m`
}

/** Shows how far a wait has come: a bar on a terminal, plain lines elsewhere. Keeps nothing alive. */
export class Progress {
  readonly #display: Display
  readonly #start = performance.now()
  readonly #timer: NodeJS.Timeout
  #total = 0
  #done = 0
  #failed = 0
  #running: number | undefined
  #askAt = 0
  #shown = ''
  readonly #ask: (() => Promise<number>) | undefined

  /** @param ask how many run; asked again and again, and what it fails with is nobody's concern */
  constructor(ask?: () => Promise<number>, display: Display = stderr) {
    this.#ask = ask
    this.#display = display
    this.#timer = setInterval(() => this.#tick(), display.isTTY ? DRAW_MS : LINE_MS)
    this.#timer.unref()
  }

  expect(jobs: number): void {
    this.#total += jobs
  }

  ended(done: number, failed: number): void {
    this.#done += done
    this.#failed += failed
  }

  /** Draws for the last time. */
  end(): void {
    clearInterval(this.#timer)
    this.#draw()
    if (this.#display.isTTY) this.#display.write('\n')
  }

  #tick(): void {
    const now = performance.now()
    if (this.#ask !== undefined && now >= this.#askAt) {
      this.#askAt = Number.POSITIVE_INFINITY
      const told = (running?: number): void => {
        this.#running = running
        this.#askAt = performance.now() + ASK_MS
      }
      this.#ask().then(told, () => told())
    }
    this.#draw()
  }

  #draw(): void {
    const state = {
      total: this.#total,
      done: this.#done,
      failed: this.#failed,
      running: this.#running,
      elapsed: (performance.now() - this.#start) / 1_000,
    }
    if (this.#display.isTTY) {
      this.#display.write(`\r\u001b[K${progressBar(state, this.#display.columns ?? 80)}`)
      return
    }
    const line = progressLine(state)
    if (line === this.#shown) return
    this.#shown = line
    this.#display.write(`${line}\n`)
  }
}
