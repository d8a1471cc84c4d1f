import { ownFiles } from '../../closure/own-files.ts'
import type { Sent } from '../../closure/sent.ts'
import { CloudException } from '../../protocol/errors.ts'
import { decodeFailure, type Failure } from '../../protocol/failure.ts'
import type { TerminalStatus } from '../../protocol/job.ts'
import { decodeValue } from '../submit/payloads.ts'
import type { SentNames } from '../submit/sent-names.ts'
import type { Final } from './finals.ts'

/** Where in the caller's program a result was asked for. Taken when the wait begins, written out only if it fails. */
export interface CallSite {
  readonly stack?: string
}

/** Frames that are noted: up to five of ours, and then where it was asked. */
const SITE_FRAMES = 10

/** V8 notes the frames, which takes a microsecond or two, and makes text of them only when it is read. */
export function callSite(): CallSite {
  return withFrames(SITE_FRAMES, () => new Error())
}

function withFrames<E extends Error>(count: number, make: () => E): E {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = count
  const error = make()
  Error.stackTraceLimit = stackTraceLimit
  return error
}

/** Of what is built, frames name the sources where Node reads source maps. */
const ours = [ownFiles, ownFiles.replace(/\/dist\/lib\/$/, '/lib/')]

function framesOf(stack: string | undefined): string[] {
  const lines = stack === undefined ? [] : stack.split('\n')
  return lines.filter(line => /^\s+at /.test(line) && !ours.some(folder => line.includes(folder)))
}

/** The exception for a job that did not end as `done`. */
export function jobError({ jid, status, payload }: Final, sent: SentNames, site?: CallSite): CloudException {
  const failure: Failure =
    payload === undefined || payload.byteLength === 0
      ? { code: codeOf(status), message: `it ended as ${status}` }
      : decodeFailure(payload)
  return errorOf(failure, jid, status, sent, site)
}

export function errorOf(
  failure: Failure,
  jid: number,
  status: TerminalStatus,
  sent: SentNames,
  site?: CallSite,
): CloudException {
  const facts = { code: failure.code, jid, status, cause: causeOf(failure, sent.of(jid)) }
  // Node shows the line of the first frame when nobody catches, which would be ours.
  const error = withFrames(0, () => new CloudException(`Job ${jid}: ${told(failure)}`, facts))
  const remote = framesOf(failure.stack)
  const local = framesOf(site?.stack).filter(line => !line.includes('node:internal/'))
  const lines = [`${error.name}: ${error.message}`, ...remote]
  if (local.length > 0) lines.push(`    at [here its result was asked for]`, ...local)
  hide(error, 'stack', lines.join('\n'))
  return error
}

/** Classes whose names say nothing more: ours begins with its own job. */
const plain = new Set(['Error', 'CloudException'])

/** The class tells most of some errors, as “a is not a function” of a TypeError. */
function told({ code, name = 'Error', message }: Failure): string {
  return code === 'exception' && !plain.has(name) ? `${name}: ${message}` : message
}

/** The value that the job threw, of its own class where that is known here. */
function causeOf({ value, name, message, stack }: Failure, sent: readonly Sent[]): unknown {
  if (value !== undefined) {
    try {
      const thrown = decodeValue(Buffer.from(value, 'base64'), sent)
      // Its own stack is the worker's; the failure's has the user's files and lines.
      if (thrown instanceof Error && stack !== undefined) hide(thrown, 'stack', stack)
      return thrown
    } catch {
      // What can't be read back is told by its name and text.
    }
  }
  if (name === undefined) return undefined
  const cause = new Error(message)
  hide(cause, 'name', name)
  if (stack !== undefined) hide(cause, 'stack', stack)
  return cause
}

function hide(error: Error, key: 'name' | 'stack', value: string): void {
  Object.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: false })
}

function codeOf(status: TerminalStatus): CloudException['code'] {
  if (status === 'killed' || status === 'stalled') return status
  return 'exception'
}
