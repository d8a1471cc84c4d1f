import * as z from 'zod'
import type { Result } from '../../engine/query/await-result.ts'
import { CloudException, factsOf } from '../../protocol/errors.ts'
import { LocalResponse, PROBLEM_TYPE } from '../../protocol/message.ts'
import { paths } from '../../protocol/paths.ts'
import { plainOf } from '../../protocol/plain-payload.ts'
import type { Problem } from '../../protocol/routes.ts'
import { jidSchema } from '../../protocol/schemas.ts'
import { json } from '../answer.ts'
import { problemType } from '../problem.ts'
import { queryOf } from '../request/query.ts'
import { reader } from '../request/reader.ts'
import type { Route, Service } from '../route.ts'

/** Milliseconds for which a caller of one job is kept waiting: less than what an API of AWS answers within (30 s). */
export const SYNCHRONOUS_MS = 20_000
/** The status of an answer about a job that failed: the request was right, the function was not. */
const FAILED_STATUS = 422

const headers = { 'cache-control': 'no-store' }
const types = {
  json: 'application/json',
  text: 'text/plain; charset=utf-8',
  bytes: 'application/octet-stream',
} as const

const jidOf = reader(z.coerce.number().pipe(jidSchema))
const querySchema = z.strictObject({ wait: z.coerce.number().int().min(0).max(SYNCHRONOUS_MS).optional() })
const query = reader(querySchema)

/** How one job ended, for callers of any language. */
export function resultRoute(engine: Service): Route {
  return {
    method: 'get',
    path: paths.result,
    scope: 'read',
    summary: 'The result of a job of a published function; 202 while it runs. `wait` in milliseconds.',
    body: 'none',
    asks: querySchema,
    answers: 'json',
    also: [202, 410, 422],
    async handle({ request, param }) {
      const jid = jidOf(param('jid'))
      const { wait = 0 } = query(queryOf(request))
      const result = await engine.awaitResult(jid, wait, request.signal)
      return result === undefined
        ? json({ jid, result: paths.result.replace(':jid', String(jid)) }, 202)
        : resultAnswer(jid, result)
    },
  }
}

/** Throws `unsupported` for a result that only a program of ours can read. */
export function resultAnswer(jid: number, result: Result): LocalResponse {
  if (result.status !== 'done') return failureAnswer(jid, result)
  const plain = plainOf(result.payload)
  if (plain === undefined) {
    throw new CloudException(`The result of job ${jid} is a value of a program, and no JSON.`, {
      code: 'unsupported',
      jid,
      hint: 'Ask for it by cloud.result, or publish the function and call it by its label.',
    })
  }
  const body =
    plain.kind === 'bytes' ? plain.bytes : new TextEncoder().encode(plain.kind === 'json' ? plain.json : plain.text)
  return new LocalResponse(200, { kind: 'bytes', parts: [body] }, { ...headers, 'content-type': types[plain.kind] })
}

function failureAnswer(jid: number, { status, failure }: Exclude<Result, { status: 'done' }>): LocalResponse {
  // That it was deleted is no way to end, but a reason to refuse.
  if (factsOf(failure.code).http >= 400) throw new CloudException(failure.message, { code: failure.code, jid })
  const problem: Problem = {
    type: problemType(failure.code),
    title: `the job ended as ${status}`,
    status: FAILED_STATUS,
    detail: failure.message,
    code: failure.code,
    jid,
  }
  return new LocalResponse(
    FAILED_STATUS,
    { kind: 'json', value: problem },
    { ...headers, 'content-type': PROBLEM_TYPE },
  )
}
