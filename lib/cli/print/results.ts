import { inspect } from 'node:util'
import type { Cloud } from '../../client/cloud-api.ts'
import type { JidRange } from '../../client/jids/jid-range.ts'
import { CloudException } from '../../protocol/errors.ts'
import type { Context } from '../context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { writtenJids } from '../jid-list.ts'
import { coloured, type Terminal } from '../terminal.ts'
import { framesOf } from './frames.ts'

export interface WaitOptions {
  readonly timeout?: string
}

/** Waits with a bar and prints each result; of those that failed the reason goes to stderr. */
export async function printResults(context: Context, jids: JidRange, { timeout }: WaitOptions = {}): Promise<ExitCode> {
  const { terminal } = context
  const cloud = await context.cloud()
  const values = await cloud
    .result(jids, {
      ignoreErrors: true,
      progress: terminal.isInteractive,
      signal: terminal.signal,
      ...(timeout !== undefined && { timeout: timeout as '1s' }),
    })
    .catch((error: unknown) => {
      throw toldOf(error, cloud, jids)
    })
  const numbers = [...jids].map(Number)
  const failures = values.filter(isFailure)
  if (context.json) {
    context.print(
      values.map((value, index) => entry(numbers[index] as number, value)),
      String,
    )
  } else {
    const told = new Set<string>()
    for (const [index, value] of values.entries()) {
      if (isFailure(value)) printFailure(terminal, value, told)
      else
        terminal.out(`${jids.count === 1 ? '' : `${numbers[index]}: `}${shownValue(value, terminal.isInteractive)}\n`)
    }
  }
  if (failures.length === 0) return exitCode.ok
  return failures.every(({ code }) => code === 'deleted-job') ? exitCode.notFound : exitCode.jobFailed
}

/** Waits with a bar; prints how many ended how. */
export async function waitFor(context: Context, jids: JidRange, { timeout }: WaitOptions): Promise<ExitCode> {
  const { terminal } = context
  const cloud = await context.cloud()
  await cloud
    .join(jids, {
      ignoreErrors: true,
      progress: !context.json,
      signal: terminal.signal,
      ...(timeout !== undefined && { timeout: timeout as '1s' }),
    })
    .catch((error: unknown) => {
      throw toldOf(error, cloud, jids)
    })
  const counts: Record<string, number> = {}
  for (const status of await cloud.status(jids)) counts[status] = (counts[status] ?? 0) + 1
  context.print(
    counts,
    all =>
      `${Object.entries(all)
        .map(([status, count]) => `${count} ${status}`)
        .join(', ')}\n`,
  )
  return counts['done'] === jids.count ? exitCode.ok : exitCode.jobFailed
}

/** Ctrl-C, in words of who pressed it: what becomes of the jobs. */
function toldOf(error: unknown, cloud: Cloud, jids: JidRange): unknown {
  if (!CloudException.isCloudException(error) || error.code !== 'aborted') return error
  const goOn = `The jobs run on: picloud result ${writtenJids(jids)} waits for them.`
  const what = cloud.connectionInfo().type === 'multiprocessing' ? 'The jobs end with this command.' : goOn
  return new CloudException(`Interrupted. ${what}`, { code: 'aborted', cause: error })
}

function isFailure(value: unknown): value is CloudException {
  return CloudException.isCloudException(value) && value.status !== undefined
}

/** @param told where others failed: a place is told once, however many jobs of a map failed there */
function printFailure(terminal: Terminal, failure: CloudException, told: Set<string>): void {
  terminal.error(`${coloured(terminal, 'red', failure.message)}\n`)
  const frames = framesOf(failure)
  if (frames === '' || told.has(frames)) return
  told.add(frames)
  terminal.error(`${frames}\n`)
}

function entry(jid: number, value: unknown): Readonly<Record<string, unknown>> {
  if (!isFailure(value)) return { jid, status: 'done', result: value ?? null }
  const stack = framesOf(value)
  return { jid, status: value.status, code: value.code, message: value.message, ...(stack !== '' && { stack }) }
}

function shownValue(value: unknown, colors: boolean): string {
  return typeof value === 'string' ? value : inspect(value, { depth: null, colors, maxArrayLength: null })
}
