import type { Command } from 'commander'
import { Option } from 'commander'
import type { JobOptions, Submit } from '../../client/api.ts'
import { JidRange } from '../../client/jids/jid-range.ts'
import type { Action } from '../action.ts'
import type { Context } from '../context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { jidList, writtenJids } from '../jid-list.ts'
import { printResults } from '../print/results.ts'

interface RunOptions {
  readonly export: string
  readonly label?: string
  readonly after?: ReturnType<typeof jidList>
  readonly maxRuntime?: JobOptions['maxRuntime']
  readonly retries?: number
  readonly highCpu?: boolean
  readonly env?: string
  readonly detach?: boolean
  readonly simulate?: boolean
}

interface MapOptions extends RunOptions {
  readonly items?: string
}

export function addRunCommands(program: Command, action: Action): void {
  submitting(program.command('run'))
    .description('Call the function that a file exports, as a job, and print its result.')
    .argument('<file>', 'a JavaScript or TypeScript module')
    .argument('[args...]', 'its arguments: JSON, or else text')
    .action(
      action(async (context, file: string, args: readonly string[], options: RunOptions) => {
        const { exportedFunction } = await import('../exported-function.ts')
        const fn = await exportedFunction(file, options.export)
        const submit = await submitOf(context, options)
        const jid = await submit.call(fn as () => unknown, ...(args.map(readArgument) as []))
        return finish(context, new JidRange([[Number(jid), 1]]), options)
      }),
    )
  submitting(program.command('map'))
    .description('Call the function that a file exports for each item, a job each, and print the results.')
    .argument('<file>', 'a JavaScript or TypeScript module')
    .argument('[items...]', 'the items: JSON, or else text')
    .option('--items <file>', 'take the items from a file with one JSON document a line; - is standard input')
    .action(
      action(async (context, file: string, given: readonly string[], options: MapOptions) => {
        const { exportedFunction } = await import('../exported-function.ts')
        const fn = await exportedFunction(file, options.export)
        const lines = options.items === undefined ? [] : await readLines(context, options.items)
        const submit = await submitOf(context, options)
        const range = await submit.map(fn as (item: unknown) => unknown, [...given, ...lines].map(readArgument))
        return finish(context, range, options)
      }),
    )
}

function submitting(command: Command): Command {
  return command
    .option('--export <name>', 'which export of the file', 'default')
    .option('--label <text>', 'a label, for listings')
    .addOption(new Option('--after <jids>', 'jobs that must be done first, as 1-3,7').argParser(jidList))
    .option('--max-runtime <duration>', 'end it after this: 90s, 5m, 2h')
    .addOption(new Option('--retries <count>', 'how often to try again').argParser(Number))
    .option('--high-cpu', 'on a machine with more cores and memory')
    .option('--env <name>', 'in this environment')
    .option('--detach', 'print the jids and do not wait')
    .option('--simulate', 'in child processes of this one, without a service')
}

async function submitOf(context: Context, options: RunOptions): Promise<Submit> {
  const { label, after, maxRuntime, retries, highCpu, env } = options
  const cloud = await context.cloud(options.simulate)
  return cloud.with({
    ...(label !== undefined && { label }),
    ...(after !== undefined && { dependsOn: after }),
    ...(maxRuntime !== undefined && { maxRuntime }),
    ...(retries !== undefined && { retries }),
    ...(highCpu !== undefined && { highCpu }),
    ...(env !== undefined && { env }),
  })
}

async function finish(context: Context, jids: JidRange, { detach = false }: RunOptions): Promise<ExitCode> {
  if (!detach) return printResults(context, jids)
  context.print({ jids: [...jids].map(Number) }, () => `${writtenJids(jids)}\n`)
  return exitCode.ok
}

/** JSON where it is that, else the text itself: `3` is a number, `a.jpg` a string. */
function readArgument(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

async function readLines({ terminal }: Context, file: string): Promise<readonly string[]> {
  const { readFile } = await import('node:fs/promises')
  const text = file === '-' ? await terminal.input() : await readFile(file, 'utf8')
  return text.split('\n').filter(line => line.trim() !== '')
}
