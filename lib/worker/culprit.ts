import type { Failure } from '../protocol/failure.ts'
import type { Usage } from '../protocol/job.ts'
import type { Flight } from './flight.ts'
import { failureOfEnd, type Verdict } from './process/child-end.ts'
import type { ChildExit } from './process/child-process.ts'
import type { Ticket } from './ticket.ts'

/** What the child said as it left: the first job that it had not started, and its exit code. */
export interface Bye {
  readonly next: number
  readonly code: number
}

/**
 * Which of the jobs that lay in a child ran when it ended. Certain when the parent ended it for that job, when the child
 * said good-bye, or when it held but one; else undefined, and each has to show it alone.
 */
export function culpritOf(
  left: Flight,
  verdict: { readonly ticket: Ticket; readonly code: Verdict } | undefined,
  bye: Bye | undefined,
): Ticket | undefined {
  if (verdict !== undefined) return verdict.ticket
  if (bye !== undefined) return left.of(bye.next - 1)
  return left.size === 1 ? left.first : undefined
}

/** What is known of a job whose process ended: its CPU time went with it. */
export function usageOfLost(tookMs: number, memory: number): Usage {
  const finished = Date.now()
  return { started: finished - Math.round(tookMs), finished, cpuUser: 0, cpuSystem: 0, memory }
}

export interface Lost {
  readonly exit: ChildExit
  readonly ticket: Ticket
  readonly verdict: Verdict | undefined
  readonly bye: Bye | undefined
  readonly lastWords: string
  /** Bytes. */
  readonly memory: number
  readonly memoryLimit: number
}

export function failureOfLost({ exit, ticket, verdict, bye, lastWords, memory, memoryLimit }: Lost): Failure {
  const { maxRuntime } = ticket.launch.work.options
  const facts = { jid: ticket.jid, verdict, exited: bye?.code, stderr: lastWords, memory, memoryLimit, maxRuntime }
  return failureOfEnd({ ...exit, ...facts })
}
