import { CloudException, type ErrorCode, factsOf, isErrorCode } from '../protocol/errors.ts'
import { LocalResponse, PROBLEM_TYPE } from '../protocol/message.ts'
import { paths } from '../protocol/paths.ts'
import type { Problem } from '../protocol/routes.ts'
import { MethodNotAllowed } from './method-not-allowed.ts'

const headers = { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' }

/** Where the page of all routes says what a code means: the `type` of problem documents, to be read from the service that sent it. */
export function problemType(code: ErrorCode): string {
  return `${paths.docs}#problem-${code}`
}

/** A failed request's answer: RFC 9457. What is not ours to explain becomes `internal`, without its text. */
export function problemOf(error: unknown, more: Readonly<Record<string, string>> = {}): LocalResponse {
  const code = codeOf(error)
  const { http } = factsOf(code)
  // A job's own code (200) as a request's failure would be our mistake.
  const status = http >= 400 ? http : 500
  const problem: Problem = {
    type: problemType(code),
    title: code.replaceAll('-', ' '),
    status,
    detail: code === 'internal' ? 'The service failed while it answered this request.' : (error as Error).message,
    code,
  }
  if (CloudException.isCloudException(error)) {
    if (error.jid !== undefined) problem.jid = error.jid
    if (error.hint !== undefined) problem.hint = error.hint
  }
  const said = { ...headers, ...headersOf(error, status), ...more }
  return new LocalResponse(status, { kind: 'json', value: problem }, said)
}

function headersOf(error: unknown, status: number): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Basic realm="PiCloud", charset="UTF-8"' }
  if (error instanceof MethodNotAllowed) return { allow: error.allow }
  if (!CloudException.isCloudException(error) || error.retryAfter === undefined) return {}
  return { 'retry-after': String(error.retryAfter) }
}

function codeOf(error: unknown): ErrorCode {
  return CloudException.isCloudException(error) && isErrorCode(error.code) ? error.code : 'internal'
}
