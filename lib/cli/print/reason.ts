import type { JobInfo, WaitsFor } from '../../client/api.ts'
import type { QueuePlace, WorkerLimit } from '../../protocol/info.ts'
import { isTerminal } from '../../protocol/job.ts'

/** Why a job stands where it stands. */
export interface Reason {
  readonly jid: number
  readonly status: string
  readonly waitsFor: WaitsFor | null
  /** In words, with the reason of what it waits for. */
  readonly text: string
  /** Of the job that it waits for. */
  readonly because?: Reason
}

/** In words; `because` is the reason of the job that this one waits for. */
export function reasonOf(
  jid: number,
  { status = 'queued', waitsFor = null, exception }: Partial<Pick<JobInfo, 'status' | 'waitsFor' | 'exception'>>,
  because?: Reason,
): Reason {
  const text = wordsOf(jid, status, waitsFor, exception)
  return {
    jid,
    status,
    waitsFor,
    text: because === undefined ? text : `${text}\n${because.text}`,
    ...(because !== undefined && { because }),
  }
}

function wordsOf(
  jid: number,
  status: JobInfo['status'],
  waitsFor: WaitsFor | null,
  exception: JobInfo['exception'],
): string {
  if (isTerminal(status)) {
    return `Job ${jid} waits for nothing: it is ${status}.${exception === undefined ? '' : ` ${exception.message}`}`
  }
  switch (waitsFor?.kind) {
    case 'dependency': {
      const others = waitsFor.total === 1 ? 'which it depends on' : `one of ${waitsFor.total} that it depends on`
      return `Job ${jid} waits for job ${waitsFor.jid}, ${others}.`
    }
    case 'schedule':
      return `Job ${jid} waits for its time: ${timeOf(waitsFor.at)}.`
    case 'retry':
      return `Job ${jid} failed, and is tried again at ${timeOf(waitsFor.at)}.`
    case 'chunk': {
      const { first, count, before } = waitsFor
      const others = `those of ${first}-${first + count - 1} that come before it`
      return `Job ${jid} is with a machine, and waits for ${others}: ${jobs(before)}.`
    }
    case 'worker': {
      const { limit, queue } = waitsFor
      const texts = [limit && limitText(limit), queue && queueText(queue)].filter(text => text !== null)
      return [`Job ${jid} waits for a free ${limit?.of === 'executors' ? 'executor' : 'worker'}.`, ...texts].join(' ')
    }
    default:
      return `Job ${jid} waits for nothing: it runs.`
  }
}

function limitText({ of, highCpu, max, busy, jids }: WorkerLimit): string {
  if (of === 'executors') {
    const most = highCpu === true ? `${max} for highCpu jobs` : max
    const among = jids.length === 0 ? '' : `; found to run: ${named(jids)}`
    return `The stack runs at most ${most} at a time, and they have about ${messages(busy)}${among}. ${stackText(highCpu, busy < max)}`
  }
  const by = jids.length === 0 ? '' : `, with ${named(jids)}`
  const more = busy > jids.length ? ' and others' : ''
  return `Busy: ${busy} of ${max} workers${by}${more}.`
}

/** Each busy executor has a message: with fewer messages than executors, not all of these run. */
function stackText(highCpu: boolean | undefined, hasRoom: boolean): string {
  const option = `${highCpu === true ? 'highCpuExecutor' : 'executor'}.scaling of the stack sets how many.`
  if (!hasRoom) return option
  return (
    `${option} So more may start: AWS starts them step by step, and none beyond the account’s limit (Service Quotas, ` +
    '“Concurrent executions”), which all its functions share and the stack does not see.'
  )
}

function queueText({ messages: waiting, before }: QueuePlace): string {
  if (before !== null) return before === 0 ? 'It is first in the queue.' : `Before it in the queue: ${jobs(before)}.`
  return `In the queue: about ${messages(waiting)}, and nobody knows which comes next.`
}

const jobs = (count: number): string => (count === 1 ? '1 job' : `${count} jobs`)
const messages = (count: number): string => (count === 1 ? '1 message' : `${count} messages`)

const named = (jids: readonly number[]): string => `${jids.length === 1 ? 'job' : 'jobs'} ${listed(jids)}`

function listed(jids: readonly number[]): string {
  return jids.length === 1 ? String(jids[0]) : `${jids.slice(0, -1).join(', ')} and ${jids.at(-1)}`
}

function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
