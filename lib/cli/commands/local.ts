import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'
import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import { type LogLevel, logLevels, MAX_CONFIG_WORKERS } from '../../client/config/config-options.ts'
import type { Action } from '../action.ts'
import { exitCode } from '../exit-code.ts'

/** Where the service answers by default. */
const PORT = 7427
const HOST = '127.0.0.1'
const MAX_PORT = 65_535
/** Seconds that jobs have to end: whoever ends services, as Docker does, mostly kills those that take more than ten. */
const GRACE = 8
const MAX_GRACE = 86_400

interface LocalOptions {
  readonly data: string
  readonly port: number
  readonly workers?: number
  readonly host: string
  readonly grace: number
  readonly fullSync: boolean
  readonly log?: LogLevel
}

/** `picloud local`: runs the service on this machine until it is told to stop. */
export function addLocalCommand(program: Command, action: Action): void {
  program
    .command('local')
    .description(
      'Run the service on this machine, until Ctrl-C: jobs, in processes of this machine, kept in one folder.',
    )
    .addOption(new Option('--data <folder>', 'where everything is kept').argParser(folderOf).default(dataFolder()))
    .addOption(
      new Option('--port <number>', 'where it answers; 0 for any that is free')
        .argParser(within(0, MAX_PORT))
        .default(PORT),
    )
    .addOption(
      new Option('--workers <number>', 'jobs that run at once; default: one a core').argParser(
        within(1, MAX_CONFIG_WORKERS),
      ),
    )
    .option('--host <address>', 'the address to answer at; the default reaches only this machine', HOST)
    .addOption(
      new Option('--grace <seconds>', 'for running jobs to end when it stops; the rest runs again at the next start')
        .argParser(within(0, MAX_GRACE))
        .default(GRACE),
    )
    .addOption(
      new Option(
        '--log <level>',
        'how much it says of requests and jobs, as lines of JSON; on a terminal: warn, else info',
      ).choices(logLevels),
    )
    .option('--full-sync', 'what was accepted also survives a loss of power; each write then waits for the disk', false)
    .action(
      action(async ({ terminal, print }, options: LocalOptions) => {
        const { data, port, workers, host, grace, fullSync } = options
        // Loaded when they are needed: no other command waits for them.
        const { assemble } = await import('../../local/assemble.ts')
        const { greeting, keepKey } = await import('../print/local-greeting.ts')
        const { localSetting } = await import('../../client/config/settings.ts')
        const level = options.log ?? localSetting('logLevel') ?? (process.stderr.isTTY ? 'warn' : 'info')
        const log = { level, write: (text: string) => terminal.error(text) }
        const folder = resolve(data)
        const service = await assemble({ folder, host, port, ...(workers !== undefined && { workers }), fullSync, log })
        try {
          const { url, beginning } = service
          const kept = beginning && keepKey(url, beginning)
          print({ url, folder, ...(beginning !== undefined && { ...beginning, file: kept?.file }) }, () =>
            greeting(service, folder, host, kept),
          )
          await aborted(terminal.signal)
          terminal.error(`Stopping: running jobs have ${grace} s to end. Ctrl-C again stops at once.\n`)
        } finally {
          await service.stop(1_000 * grace)
        }
        return exitCode.ok
      }),
    )
}

function within(least: number, most: number): (text: string) => number {
  return text => {
    const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    throw new InvalidArgumentError(`It takes a number from ${least} to ${most}.`)
  }
}

/** An empty name, as a shell makes of a variable that is not set, would be the folder in which it runs. */
function folderOf(text: string): string {
  if (text !== '') return text
  throw new InvalidArgumentError('It takes a folder.')
}

function dataFolder(): string {
  const { XDG_DATA_HOME: folder } = process.env
  return join(folder !== undefined && folder !== '' ? folder : join(homedir(), '.local', 'share'), 'picloud')
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
