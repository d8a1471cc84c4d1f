import { constants } from 'node:os'
import process from 'node:process'
import type { Terminal } from './terminal.ts'

/** Characters of a line where there is no terminal to ask. */
const DEFAULT_COLUMNS = 80

/** What asks a process to end: the system, Ctrl-C, a terminal that is closed. */
const STOPS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/**
 * The process's own standard streams. Asked to end, the command ends; asked once more, the process ends at once.
 * Opening a stream takes a millisecond or two: only those are opened that a command uses.
 */
export function processTerminal(): Terminal {
  const { stdout } = process
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
    error: given => void process.stderr.write(given),
    isInteractive: stdout.isTTY && process.stderr.isTTY,
    columns: stdout.isTTY ? stdout.columns : DEFAULT_COLUMNS,
    async input() {
      const { text } = await import('node:stream/consumers')
      return await text(process.stdin)
    },
    signal: controller.signal,
  }
}
