import { setTimeout as pause } from 'node:timers/promises'
import type { Command } from 'commander'
import { Argument, InvalidArgumentError, Option } from 'commander'
import type { Cloud } from '../../client/cloud-api.ts'
import type { JidRange } from '../../client/jids/jid-range.ts'
import { type InfoKey, infoKeys } from '../../protocol/info.ts'
import { isTerminal } from '../../protocol/job.ts'
import type { Action } from '../action.ts'
import type { Context } from '../context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { jidList } from '../jid-list.ts'
import { printInfo } from '../print/info.ts'
import { type Reason, reasonOf } from '../print/reason.ts'
import { jidsArgument } from './job.ts'

/** Milliseconds between two looks at a job's output; the service keeps it up to date twice a second. */
const FOLLOW_MS = 500

/** Commands that look into single jobs. */
export function addInspectCommands(program: Command, action: Action): void {
  const jid = () => new Argument('<jid>', 'one jid').argParser(oneJid)
  program
    .command('info')
    .description('What is kept of jobs: output, times, memory and more.')
    .addArgument(jidsArgument())
    .addOption(new Option('--keys <keys>', 'only these, as status,memory').argParser(keyList))
    .action(
      action(async ({ cloud, print }, jids: JidRange, { keys }: { keys?: readonly InfoKey[] }) => {
        const info = await (await cloud()).info(jids, keys ?? infoKeys.filter(key => key !== 'profile'))
        print(info, printInfo)
        return exitCode.ok
      }),
    )
  program
    .command('logs')
    .description('What a job printed.')
    .addArgument(jid())
    .option('-f, --follow', 'go on until it ends')
    .action(action(logs))
  program
    .command('why')
    .description('What a job waits for: a job that it depends on, a time, or a free worker.')
    .addArgument(jid())
    .action(
      action(async ({ cloud, print }, number: number) => {
        const reason = await explain(await cloud(), number)
        print(reason, ({ text }) => `${text}\n`)
        return exitCode.ok
      }),
    )
}

/** What the job itself waits for, then what that waits for, and so on down. */
async function explain(cloud: Cloud, jid: number): Promise<Reason> {
  const { [jid]: info } = await cloud.info(jid, ['status', 'waitsFor', 'exception'])
  if (info?.waitsFor?.kind !== 'dependency') return reasonOf(jid, info ?? {})
  return reasonOf(jid, info, await explain(cloud, info.waitsFor.jid))
}

async function logs(
  { cloud, terminal, json, print }: Context,
  jid: number,
  { follow = false }: { follow?: boolean },
): Promise<ExitCode> {
  const client = await cloud()
  // One document: once the job ended, where that is waited for.
  const out = (text: string): void => (json ? undefined : terminal.out(text))
  const error = (text: string): void => (json ? undefined : terminal.error(text))
  const seen = { stdout: 0, stderr: 0 }
  for (;;) {
    const keys = ['status', 'stdout', 'stderr', 'stdoutDropped', 'stderrDropped'] as const
    const { [jid]: info } = await client.info(jid, keys)
    if (info === undefined) return exitCode.notFound
    out(fresh(info.stdout, info.stdoutDropped, seen.stdout))
    error(fresh(info.stderr, info.stderrDropped, seen.stderr))
    seen.stdout = info.stdoutDropped + info.stdout.length
    seen.stderr = info.stderrDropped + info.stderr.length
    if (!follow || isTerminal(info.status)) {
      if (json) print({ jid, ...info }, String)
      return info.status === 'done' || !follow ? exitCode.ok : exitCode.jobFailed
    }
    await pause(FOLLOW_MS, undefined, { signal: terminal.signal }).catch(() => undefined)
    if (terminal.signal.aborted) return exitCode.interrupted
  }
}

/** What of the output was not shown yet; says so where some of it is gone already. */
function fresh(text: string, dropped: number, seen: number): string {
  if (dropped > seen) return `[${dropped - seen} characters are gone]\n${text}`
  return text.slice(seen - dropped)
}

function oneJid(text: string): number {
  const { first, count } = jidList(text)
  if (count !== 1) throw new InvalidArgumentError(`“${text}” are several jobs.`)
  return first
}

function keyList(text: string): readonly InfoKey[] {
  return text.split(',').map(name => {
    const key = infoKeys.find(known => known === name.trim())
    if (key === undefined) throw new InvalidArgumentError(`There is no “${name}”. Keys are: ${infoKeys.join(', ')}.`)
    return key
  })
}
