import type { Status } from './job.ts'

interface CodeFacts {
  /** Whose mistake it is: decides log level, exit code and whether a client may try again. */
  readonly fault: 'user' | 'service'
  /** The HTTP status of a request that fails so; jobs that fail so answer 200 with the code. */
  readonly http: number
  readonly retry: boolean
}

/* @__NO_SIDE_EFFECTS__ so that who only throws carries no table */
const user = (http: number): CodeFacts => ({ fault: 'user', http, retry: false })

/** The closed table of error codes. A code that is not here does not compile. */
export const errorCodes = {
  // How a job ended.
  exception: user(200),
  exit: user(200),
  oom: user(200),
  timeout: user(200),
  crash: user(200),
  killed: user(200),
  stalled: user(200),
  lost: { fault: 'service', http: 200, retry: false },
  'result-unserializable': user(200),
  revive: user(200),
  incompatible: user(200),
  // Also of a request, where a job's own submit or wait is refused.
  deadlock: user(409),
  // What a client refuses before anything is sent.
  'not-configured': user(400),
  'invalid-argument': user(400),
  capture: user(400),
  value: user(400),
  unsupported: user(400),
  'install-failed': user(400),
  // What keeps a service from starting.
  'in-use': user(409),
  // What a request is refused for.
  'invalid-request': user(400),
  unauthorized: user(401),
  forbidden: user(403),
  'not-found': user(404),
  'method-not-allowed': user(405),
  'unknown-job': user(404),
  'deleted-job': user(410),
  'not-finished': user(409),
  conflict: user(409),
  'too-large': user(413),
  'unsupported-type': user(415),
  'unsatisfiable-range': user(416),
  'rate-limited': { fault: 'user', http: 429, retry: true },
  internal: { fault: 'service', http: 500, retry: true },
  unavailable: { fault: 'service', http: 503, retry: true },
  // What a wait ends with.
  'wait-timeout': user(408),
  aborted: user(408),
  closed: user(400),
  decode: { fault: 'service', http: 400, retry: false },
} as const satisfies Record<string, CodeFacts>

export type ErrorCode = keyof typeof errorCodes

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errorCodes, text)
}

/** The one place that tells the user's fault from ours. */
export function factsOf(code: ErrorCode): CodeFacts {
  return errorCodes[code]
}

const brand: unique symbol = Symbol.for('picloud.CloudException') as never

export interface CloudExceptionOptions extends ErrorOptions {
  readonly code: ErrorCode
  readonly jid?: number | undefined
  readonly status?: Status | undefined
  /** What to do about it, one sentence. Joined to the message. */
  readonly hint?: string | undefined
  /** Of `rate-limited` and `unavailable`, where it is known: seconds to leave before another try. */
  readonly retryAfter?: number | undefined
}

/** Any failure that PiCloud reports: of a job, of a request, of a wait. */
export class CloudException extends Error {
  static {
    Object.defineProperty(this.prototype, 'name', { value: 'CloudException', writable: true, configurable: true })
    Object.defineProperty(this.prototype, brand, { value: true })
  }

  // Declared only: what is not there is no property, and so is not printed.
  /** From the closed table `errorCodes`. */
  declare readonly code: ErrorCode
  /** The job at fault, where there is one. */
  declare readonly jid: number | undefined
  /** The status in which that job ended. */
  declare readonly status: Status | undefined
  /** What to do about it; the message ends with it. */
  declare readonly hint: string | undefined
  /** Seconds to leave before another try, where that is known. */
  declare readonly retryAfter: number | undefined

  constructor(message: string, { cause, ...facts }: CloudExceptionOptions) {
    const { hint } = facts
    super(hint === undefined ? message : `${message} ${hint}`, cause === undefined ? undefined : { cause })
    for (const [name, fact] of Object.entries(facts)) if (fact !== undefined) Object.assign(this, { [name]: fact })
  }

  /** True for errors of another realm or another copy of this package too, where `instanceof` fails. */
  static isCloudException(value: unknown): value is CloudException {
    return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true
  }
}
