import { inspect } from 'node:util'
import type { Cloud } from '../../client/cloud-api.ts'
import type { JidRange } from '../../client/jids/jid-range.ts'
import { CloudException } from '../../protocol/errors.ts'
import type { Context } from '../context.ts'
import { type ExitCode, exitCode } from '../exit-code.ts'
import { writtenJids } from '../jid-list.ts'
import { coloured } from '../terminal.ts'

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
  const failed = values.filter(isFailure).length
  if (context.json) {
    context.print(
      values.map((value, index) => entry(numbers[index] as number, value)),
      String,
    )
  } else {
    for (const [index, value] of values.entries()) {
      if (isFailure(value)) terminal.error(`${coloured(terminal, 'red', value.message)}\n`)
      else
        terminal.out(`${jids.count === 1 ? '' : `${numbers[index]}: `}${shownValue(value, terminal.isInteractive)}\n`)
    }
  }
  return failed > 0 ? exitCode.jobFailed : exitCode.ok
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

function entry(jid: number, value: unknown): Readonly<Record<string, unknown>> {
  if (!isFailure(value)) return { jid, status: 'done', result: value ?? null }
  return { jid, status: value.status, code: value.code, message: value.message }
}

function shownValue(value: unknown, colors: boolean): string {
  return typeof value === 'string' ? value : inspect(value, { depth: null, colors, maxArrayLength: null })
}
