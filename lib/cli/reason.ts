import type { JobInfo, WaitsFor } from '../client/api.ts'
import { isTerminal } from '../protocol/job.ts'

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
    case 'chunk':
      return `Job ${jid} is next after those before it among ${waitsFor.first}-${waitsFor.first + waitsFor.count - 1}, which run one after another.`
    case 'worker':
      return `Job ${jid} waits for a free worker.`
    default:
      return `Job ${jid} waits for nothing: it runs.`
  }
}

function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
