import { setTimeout as pause } from 'node:timers/promises'
import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import type { Listed, Status } from '../../client/api.ts'
import { milliseconds } from '../../client/submit/duration.ts'
import { statuses } from '../../protocol/job.ts'
import type { Action } from '../action.ts'
import type { Context } from '../context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { writtenJids } from '../jid-list.ts'
import { type Colour, coloured, table } from '../terminal.ts'

/** Milliseconds between two looks of --watch. */
const WATCH_MS = 1_000
/** Rows when nothing is said: a screen or two. */
const DEFAULT_ROWS = 50

interface ListOptions {
  readonly status?: Status
  readonly label?: string
  readonly since?: Date
  readonly limit: number
  readonly watch?: boolean
}

export function addListCommand(program: Command, action: Action): void {
  program
    .command('jobs')
    .description('List jobs, the newest first.')
    .addOption(new Option('--status <status>', 'only these').choices(statuses))
    .option('--label <text>', 'only those with this label')
    .addOption(
      new Option('--since <time>', 'only those created since: a date, or 2h for two hours ago').argParser(moment),
    )
    .addOption(new Option('--limit <rows>', 'at most so many rows').argParser(rowCount).default(DEFAULT_ROWS))
    .option('--watch', 'show them anew every second, until Ctrl-C')
    .action(action(list))
}

async function list(context: Context, { watch = false, ...options }: ListOptions): Promise<ExitCode> {
  const { terminal, print } = context
  const cloud = await context.cloud()
  for (;;) {
    const rows = await cloud.jobs(options)
    // Home, and what is below cleared: less flicker than a blank screen between two looks.
    if (watch && terminal.isInteractive) terminal.out('\u001b[H\u001b[J')
    print(rows.map(plain), () => shown(context, rows))
    if (!watch) return exitCode.ok
    await pause(WATCH_MS, undefined, { signal: terminal.signal }).catch(() => undefined)
    if (terminal.signal.aborted) return exitCode.interrupted
  }
}

function plain({ jids, status, label, function: name, created }: Listed) {
  return { jids: writtenJids(jids), count: jids.count, status, label, function: name, created: created.toISOString() }
}

const colours: Partial<Record<Status, Colour>> = {
  done: 'green',
  error: 'red',
  killed: 'red',
  stalled: 'yellow',
  processing: 'cyan',
}

function shown({ terminal }: Context, rows: readonly Listed[]): string {
  if (rows.length === 0) return 'No jobs.\n'
  const cells = rows.map(row => {
    const { jids, count, status, label = '', function: name, created } = plain(row)
    return [
      jids,
      String(count),
      status,
      name === '' ? '(anonymous)' : name,
      label,
      created.slice(0, 19).replace('T', ' '),
    ]
  })
  const text = table([['JIDS', 'COUNT', 'STATUS', 'FUNCTION', 'LABEL', 'CREATED (UTC)'], ...cells])
  return text.replace(/^(\S+ +\d+ +)(\w+)/gm, (line, before: string, status: string) => {
    const colour = colours[status as Status]
    return colour === undefined ? line : before + coloured(terminal, colour, status)
  })
}

function moment(text: string): Date {
  const date = /^[0-9.]+(?:ms|s|m|h)$/.test(text)
    ? new Date(Date.now() - milliseconds(text as '1s', 'since'))
    : new Date(text)
  if (Number.isNaN(date.getTime())) throw new InvalidArgumentError('Write a date, or 30m, or 2h.')
  return date
}

function rowCount(text: string): number {
  if (/^[1-9][0-9]{0,6}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It takes a positive integer.')
}
