import { constants } from 'node:os'
import { stderr, stdin, stdout } from 'node:process'
import { text } from 'node:stream/consumers'
import type { Terminal } from './terminal.ts'

/** Characters of a line where there is no terminal to ask. */
const DEFAULT_COLUMNS = 80

/** What asks a process to end: the system, Ctrl-C, a terminal that is closed. */
const STOPS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** The process's own standard streams. Asked to end, the command ends; asked once more, the process ends at once. */
export function processTerminal(): Terminal {
  const controller = new AbortController()
  const stop = (): void => {
    controller.abort()
    for (const again of STOPS) process.once(again, () => process.exit(128 + constants.signals[again]))
  }
  for (const signal of STOPS) {
    process.once(signal, () => {
      if (!controller.signal.aborted) stop()
    })
  }
  // Who reads no further, as `head`, wants nothing more of us.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
  return {
    out: given => void stdout.write(given),
    error: given => void stderr.write(given),
    isInteractive: stdout.isTTY && stderr.isTTY,
    columns: stdout.isTTY ? stdout.columns : DEFAULT_COLUMNS,
    input: () => text(stdin),
    signal: controller.signal,
  }
}
