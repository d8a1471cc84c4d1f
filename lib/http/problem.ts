import { CloudException, type ErrorCode, factsOf, isErrorCode } from '../protocol/errors.ts'
import { LocalResponse, PROBLEM_TYPE } from '../protocol/message.ts'
import type { Problem } from '../protocol/routes.ts'

const headers = { 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' }

/** A failed request's answer: RFC 9457. What is not ours to explain becomes `internal`, without its text. */
export function problemOf(error: unknown): LocalResponse {
  const code = codeOf(error)
  const { http } = factsOf(code)
  // A job's own code (200) as a request's failure would be our mistake.
  const status = http >= 400 ? http : 500
  const problem: Problem = {
    type: `urn:picloud:error:${code}`,
    title: code.replaceAll('-', ' '),
    status,
    detail: code === 'internal' ? 'The service failed while it answered this request.' : (error as Error).message,
    code,
  }
  if (CloudException.isCloudException(error)) {
    if (error.jid !== undefined) problem.jid = error.jid
    if (error.hint !== undefined) problem.hint = error.hint
  }
  return new LocalResponse(status, { kind: 'json', value: problem }, { ...headers, ...headersOf(error, status) })
}

function headersOf(error: unknown, status: number): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Basic realm="PiCloud", charset="UTF-8"' }
  if (!CloudException.isCloudException(error) || error.retryAfter === undefined) return {}
  return { 'retry-after': String(error.retryAfter) }
}

function codeOf(error: unknown): ErrorCode {
  return CloudException.isCloudException(error) && isErrorCode(error.code) ? error.code : 'internal'
}
