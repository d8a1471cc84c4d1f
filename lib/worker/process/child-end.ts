import type { ErrorCode } from '../../protocol/errors.ts'
import type { Failure } from '../../protocol/failure.ts'
import type { ChildExit } from './child-process.ts'

/** Why the parent ended a child. */
export type Verdict = Extract<ErrorCode, 'timeout' | 'killed' | 'oom'>

export interface EndFacts extends ChildExit {
  readonly jid: number
  readonly verdict: Verdict | undefined
  /** The exit code with which the job called `process.exit`, where the child could still say so. */
  readonly exited: number | undefined
  /** The last lines that it wrote to stderr. */
  readonly stderr: string
  /** Bytes: the largest resident memory that was seen, and the limit. */
  readonly memory: number
  readonly memoryLimit: number
  /** Milliseconds. */
  readonly maxRuntime: number | undefined
}

/** Share of the memory limit from which an unexplained SIGKILL is the kernel's, for want of memory. */
const NEARLY_ALL = 0.8

/** What became of the job that ran in a child that ended. Pure: tested by table. */
export function failureOfEnd(facts: EndFacts): Failure {
  const { jid, verdict, exited, exitCode, signal, stderr, memory, memoryLimit } = facts
  if (verdict === 'killed') return { code: 'killed', message: `Job ${jid} was killed.` }
  if (verdict === 'timeout') {
    const message = `Job ${jid} ran longer than its maxRuntime of ${facts.maxRuntime ?? 0} ms, and was ended.`
    return { code: 'timeout', message }
  }
  if (verdict === 'oom') return outOfMemory(jid, `It used ${megabytes(memory)}, and may use ${megabytes(memoryLimit)}.`)
  if (/JavaScript heap out of memory|Fatal process out of memory/.test(stderr)) {
    return outOfMemory(jid, `Its heap outgrew ${megabytes(memoryLimit)}.`)
  }
  if (signal === 'SIGKILL' && memory > NEARLY_ALL * memoryLimit)
    return outOfMemory(jid, 'The system ended its process.')
  if (exited !== undefined || (exitCode !== undefined && signal === undefined)) {
    const code = exited ?? exitCode ?? 0
    const message = `Job ${jid} ended its process with exit code ${code} before it returned. Return a value or throw instead.`
    return { code: 'exit', message, exitCode: code }
  }
  const how = signal === undefined ? 'its connection was closed' : `signal ${signal}`
  return {
    code: 'crash',
    message: `The process of job ${jid} crashed: ${how}.${lastLine(stderr)}`,
    ...(signal === undefined ? {} : { signal }),
  }
}

function outOfMemory(jid: number, how: string): Failure {
  const message = `Job ${jid} ran out of memory. ${how} Give it less at once, or the pool a higher memoryLimit.`
  return { code: 'oom', message }
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 ** 2)} MB`
}

function lastLine(stderr: string): string {
  const line = stderr.trimEnd().split('\n').at(-1)?.trim() ?? ''
  return line === '' ? '' : ` Its last words: ${line}`
}
