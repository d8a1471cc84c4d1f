import type { Command } from 'commander'
import { Argument } from 'commander'
import type { StatusOf } from '../../client/api.ts'
import type { JidRange } from '../../client/jids/jid-range.ts'
import { isTerminal } from '../../protocol/job.ts'
import type { Action } from '../action.ts'
import { exitCode } from '../exit-code.ts'
import { jidList } from '../jid-list.ts'
import { printResults, type WaitOptions, waitFor } from '../print/results.ts'

/** A command's argument of jids, as `1-3,7`. */
export function jidsArgument(): Argument {
  return new Argument('<jids>', 'jids, as 1-3,7').argParser(jidList)
}

/** Commands that ask how jobs stand, wait for them, and end them. */
export function addJobCommands(program: Command, action: Action): void {
  program
    .command('status')
    .description('The statuses of jobs.')
    .addArgument(jidsArgument())
    .action(
      action(async ({ cloud, print }, jids: JidRange) => {
        const statuses = await (await cloud()).status(jids)
        const rows = [...jids].map((jid, index) => ({ jid: Number(jid), status: statuses[index] }))
        print(rows, all => summary(all as { jid: number; status: StatusOf<number> }[]))
        return exitCode.ok
      }),
    )
  program
    .command('result')
    .description('Wait for jobs, and print their results.')
    .addArgument(jidsArgument())
    .option('--timeout <duration>', 'wait at most so long: 90s, 5m')
    .action(action((context, jids: JidRange, options: WaitOptions) => printResults(context, jids, options)))
  program
    .command('join')
    .description('Wait for jobs, with a bar.')
    .addArgument(jidsArgument())
    .option('--timeout <duration>', 'wait at most so long: 90s, 5m')
    .action(action((context, jids: JidRange, options: WaitOptions) => waitFor(context, jids, options)))
  addEnding(program, action)
}

function addEnding(program: Command, action: Action): void {
  program
    .command('kill')
    .description('End jobs, running or not.')
    .addArgument(jidsArgument())
    .option('--tree', 'with all that they started')
    .action(
      action(async ({ cloud, print }, jids: JidRange, { tree = false }: { tree?: boolean }) => {
        const client = await cloud()
        const over = (await client.status(jids)).filter(isTerminal).length
        await client.kill(jids, { tree })
        const killed = jids.count - over
        print({ killed, over }, () => killedText(killed, over, tree))
        return exitCode.ok
      }),
    )
  program
    .command('delete')
    .description('Forget finished jobs, with all that is kept of them.')
    .addArgument(jidsArgument())
    .action(
      action(async ({ cloud, print }, jids: JidRange) => {
        await (await cloud()).delete(jids)
        print({ deleted: jids.count }, () => `Deleted ${counted(jids.count)}.\n`)
        return exitCode.ok
      }),
    )
}

/** What becomes of jobs that were asked to end. Of those that were over, what they started may run on, and ends too. */
function killedText(killed: number, over: number, tree: boolean): string {
  const left = `${counted(over)} ${over === 1 ? 'was' : 'were'} over before`
  if (tree) return `The service ends ${counted(killed)}${over === 0 ? '' : ` (${left})`}, with all that they started.\n`
  if (killed === 0) return `Nothing to end: ${left}.\n`
  return `The service ends ${counted(killed)}${over === 0 ? '' : `; ${left}`}.\n`
}

function counted(jobs: number): string {
  if (jobs === 0) return 'no job'
  return jobs === 1 ? 'one job' : `${jobs} jobs`
}

/** Consecutive jobs of one status as one line. */
function summary(rows: readonly { readonly jid: number; readonly status: string }[]): string {
  let text = ''
  for (let from = 0; from < rows.length; ) {
    const { jid: first, status } = rows[from] as (typeof rows)[number]
    let to = from + 1
    while (rows[to]?.status === status && rows[to]?.jid === first + to - from) to++
    text += `${to - from === 1 ? first : `${first}-${first + to - from - 1}`}: ${status}\n`
    from = to
  }
  return text
}
