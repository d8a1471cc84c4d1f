import { CloudException, type ErrorCode } from '../protocol/errors.ts'

/** What the program ends with. Documented in docs/cli.md. */
export const exitCode = {
  /** It was done. */
  ok: 0,
  /** It failed: the message says why. */
  failed: 1,
  /** The command line was not understood, or an argument in it is wrong. */
  usage: 2,
  /** A job that was asked for ended as error, killed or stalled. */
  jobFailed: 3,
  /** There is no such job, file, cron or key. */
  notFound: 4,
  /** The key is wrong, or may not do that. */
  denied: 5,
  /** The service can't be reached. */
  unavailable: 6,
  /** A wait was over before its jobs. */
  timeout: 7,
  /** Ctrl-C, as shells count it: 128 + SIGINT. */
  interrupted: 130,
} as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

const ofCodes: Partial<Record<ErrorCode, ExitCode>> = {
  'invalid-argument': exitCode.usage,
  'invalid-request': exitCode.usage,
  'not-found': exitCode.notFound,
  'unknown-job': exitCode.notFound,
  'deleted-job': exitCode.notFound,
  unauthorized: exitCode.denied,
  forbidden: exitCode.denied,
  unavailable: exitCode.unavailable,
  aborted: exitCode.interrupted,
}

/** What an error ends the program with. */
export function exitCodeOf(error: unknown): ExitCode {
  if ((error as { code?: unknown } | undefined)?.code === 'invalid-argument') return exitCode.usage
  if (!CloudException.isCloudException(error)) return exitCode.failed
  if (error.jid !== undefined && error.status !== undefined) return exitCode.jobFailed
  if (error.name === 'CloudTimeoutError') return exitCode.timeout
  return ofCodes[error.code] ?? exitCode.failed
}
