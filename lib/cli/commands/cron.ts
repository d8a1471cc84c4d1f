import { type Command, Option } from 'commander'
import type { CronInfo, CronOptions } from '../../client/service/cron-api.ts'
import type { Action } from '../action.ts'
import { exitCode } from '../exit-code.ts'
import { table } from '../terminal.ts'

interface RegisterOptions {
  readonly export: string
  readonly catchUp?: boolean
  readonly highCpu?: boolean
  readonly maxRuntime?: CronOptions['maxRuntime']
  readonly retries?: string
}

/** Commands for functions that run by the clock. */
export function addCronCommands(program: Command, action: Action): void {
  const cron = program.command('cron').description('Functions that the service runs by the clock, in UTC.')
  cron
    .command('register')
    .description('Run the function that a file exports by the clock, in the place of any cron of that label.')
    .argument('<file>', 'a JavaScript or TypeScript module')
    .argument('<label>', 'its label, and that of its jobs')
    .argument('<schedule>', 'minute, hour, day of the month, month, day of the week; or @hourly and its kin')
    .option('--export <name>', 'which export of the file', 'default')
    .option('--catch-up', 'run the last minute that was missed')
    .option('--high-cpu', 'on a machine with more cores and memory')
    .addOption(new Option('--max-runtime <duration>', 'end a run after this: 90s, 5m'))
    .addOption(new Option('--retries <count>', 'how often to try a run again that failed'))
    .action(
      action(async ({ cloud, print }, file: string, label: string, schedule: string, options: RegisterOptions) => {
        const { exportedFunction } = await import('../exported-function.ts')
        const { catchUp, highCpu, maxRuntime, retries } = options
        const { cron: crons } = await cloud()
        await crons.register(await exportedFunction(file, options.export), label, schedule, {
          ...(catchUp !== undefined && { catchUp }),
          ...(highCpu !== undefined && { highCpu }),
          ...(maxRuntime !== undefined && { maxRuntime }),
          ...(retries !== undefined && { retries: Number(retries) }),
        })
        print(await crons.info(label), readable)
        return exitCode.ok
      }),
    )
  cron
    .command('list')
    .description('The labels of all crons.')
    .action(
      action(async ({ cloud, print }) => {
        print(await (await cloud()).cron.list(), labels => labels.map(label => `${label}\n`).join(''))
        return exitCode.ok
      }),
    )
  cron
    .command('info')
    .description('When a cron runs, when it ran, and as which job.')
    .argument('<label>')
    .action(
      action(async ({ cloud, print }, label: string) => {
        print(await (await cloud()).cron.info(label), readable)
        return exitCode.ok
      }),
    )
  cron
    .command('run')
    .description('Run it now, besides its schedule; prints the jid.')
    .argument('<label>')
    .action(
      action(async ({ cloud, print }, label: string) => {
        const jid = await (await cloud()).cron.manualRun(label)
        print({ jid: Number(jid) }, () => `${jid}\n`)
        return exitCode.ok
      }),
    )
  cron
    .command('deregister')
    .description('End it. Its jobs go on.')
    .argument('<label>')
    .action(
      action(async ({ cloud, print }, label: string) => {
        await (await cloud()).cron.deregister(label)
        print({ deregistered: label }, () => `The cron ${label} runs no more.\n`)
        return exitCode.ok
      }),
    )
}

function readable({ label, schedule, words, function: name, created, lastRun, lastJid, next }: CronInfo): string {
  return table([
    ['label', label],
    ['function', name],
    ['schedule', `${schedule}: ${words}`],
    ['created', created.toISOString()],
    ['last run', lastRun === undefined ? 'not yet' : `${lastRun.toISOString()}, job ${lastJid}`],
    ...next.map((at, nth) => [nth === 0 ? 'next' : '', at.toISOString()]),
  ])
}
