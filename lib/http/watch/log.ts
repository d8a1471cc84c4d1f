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

/** What a line is made of. */
interface Entry {
  readonly time: number
  readonly level: Level
  readonly what: string
  readonly facts: Readonly<Record<string, unknown>>
}

/**
 * Lines are put into words once the turn of the event loop is over in which they came: by then who waits has its answer. Those that
 * are about to be written go with `flush`, before the process ends.
 */
export function createLog({ level, write, now = Date.now }: LogOptions): Log & { flush(): void } {
  const most = levels.indexOf(level)
  const timeText = createTimeText()
  let entries: Entry[] = []
  let pending = ''
  let timer: NodeJS.Timeout | undefined
  const send = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (pending === '') return
    const text = pending
    pending = ''
    write(text)
  }
  const put = (): void => {
    for (const { time, level: of, what, facts } of entries) {
      const said = JSON.stringify(facts)
      pending += `{"time":"${timeText(time)}","level":"${of}","what":"${what}"${said === '{}' ? '}' : `,${said.slice(1)}`}\n`
      if (pending.length > GATHER_CHARS) send()
    }
    entries = []
    // Not when a line comes: on a busy machine the timer may ring before that is put into words.
    if (pending !== '') timer ??= setTimeout(send, GATHER_MS).unref()
  }
  return {
    flush() {
      put()
      send()
    },
    line(of, what, facts) {
      if (levels.indexOf(of) > most) return
      if (entries.push({ time: now(), level: of, what, facts }) === 1) setImmediate(put).unref()
    },
  }
}

/** Times as `toISOString` gives them, which is asked once a second. */
function createTimeText(): (time: number) => string {
  let second = Number.NaN
  let secondText = ''
  return time => {
    const of = Math.floor(time / 1_000)
    if (of !== second) {
      second = of
      secondText = new Date(1_000 * of).toISOString().slice(0, -'000Z'.length)
    }
    return `${secondText}${String(Math.floor(time) - 1_000 * of).padStart(3, '0')}Z`
  }
}
