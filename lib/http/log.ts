/** Lines of JSON, one a thing that happened. */
export interface Log {
  /**
   * @param what a word, which needs no escaping in JSON
   * @param facts what there is to say; undefined ones are left out
   */
  line(level: Level, what: string, facts: Readonly<Record<string, unknown>>): void
}

const levels = ['silent', 'error', 'warn', 'info', 'debug'] as const
export type Level = Exclude<(typeof levels)[number], 'silent'>

export interface LogOptions {
  /** Up to which level is written. */
  readonly level: (typeof levels)[number]
  /** Takes whole lines, those of a tenth of a second together: each write may wake whoever reads. */
  write(text: string): void
  readonly now?: () => number
}

/** Milliseconds for which lines are gathered, and characters from which they are not. */
const GATHER_MS = 100
const GATHER_CHARS = 64 * 1024

/** The lines that are about to be written go with `flush`, before the process ends. */
export function createLog({ level, write, now = Date.now }: LogOptions): Log & { flush(): void } {
  const most = levels.indexOf(level)
  let pending = ''
  let second = Number.NaN
  let secondText = ''
  let timer: NodeJS.Timeout | undefined
  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (pending === '') return
    const text = pending
    pending = ''
    write(text)
  }
  /** As `toISOString` gives it, which is asked once a second. */
  const timeText = (): string => {
    const time = now()
    const of = Math.floor(time / 1_000)
    if (of !== second) {
      second = of
      secondText = new Date(1_000 * of).toISOString().slice(0, -'000Z'.length)
    }
    return `${secondText}${String(Math.floor(time) - 1_000 * of).padStart(3, '0')}Z`
  }
  return {
    flush,
    line(of, what, facts) {
      if (levels.indexOf(of) > most) return
      timer ??= setTimeout(flush, GATHER_MS).unref()
      const said = JSON.stringify(facts)
      pending += `{"time":"${timeText()}","level":"${of}","what":"${what}"${said === '{}' ? '}' : `,${said.slice(1)}`}\n`
      if (pending.length > GATHER_CHARS) flush()
    },
  }
}
