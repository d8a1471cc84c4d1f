import { PROBLEM_TYPE } from '../../protocol/message.ts'
import type { Route } from '../route.ts'

const id = { $ref: '#/components/headers/RequestId' }

export const headers = {
  RequestId: { description: 'The request’s id.', schema: { type: 'string' } },
  ETag: { description: 'For If-None-Match.', schema: { type: 'string' } },
  RetryAfter: { description: 'Seconds to leave before another try.', schema: { type: 'integer', minimum: 0 } },
} as const

export const problemAnswer = {
  description: 'A problem document (RFC 9457): its code says what is wrong.',
  headers: { 'x-request-id': id },
  content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
} as const

const problem = { $ref: '#/components/responses/Problem' }
/** What routes answer besides: those that are no problems. */
const others = {
  202: 'It goes on: where to look for the result.',
  206: 'The bytes that Range names.',
  302: 'It is to be read there, without the key.',
  304: 'It has not changed.',
} as const
/** With when to come again, where that is known. */
const later = {
  ...problemAnswer,
  headers: { ...problemAnswer.headers, 'retry-after': { $ref: '#/components/headers/RetryAfter' } },
}

/** All that a route answers, by status. A route lists what it is refused for; `default` is what a proxy may add. */
export function answersOf(route: Route, content: object): object {
  const { method, path, body, asks, answers, status = 200, open, also = [] } = route
  const isTagged =
    method === 'get' && status === 200 && answers !== 'bytes' && answers !== 'frame' && answers !== 'none'
  const takes = body !== 'none' || asks !== undefined || path.includes(':')
  const tag = { etag: { $ref: '#/components/headers/ETag' } }
  return {
    [status]: {
      description: 'Done.',
      headers: { 'x-request-id': id, ...(isTagged && tag) },
      ...(answers !== 'none' && { content }),
    },
    ...(isTagged && { 304: { description: 'It has not changed.', headers: { 'x-request-id': id, ...tag } } }),
    ...(takes && { 400: problem }),
    ...(!open && { 401: problem, 403: problem, 429: later }),
    ...(path.includes(':') && { 404: problem }),
    ...(body !== 'none' && { 413: problem }),
    ...((body === 'json' || body === 'frame') && { 415: problem }),
    ...Object.fromEntries(also.map(status => [status, status in others ? otherAnswer(status) : problem])),
    500: problem,
    ...(!open && { 503: later }),
    default: problem,
  }
}

function otherAnswer(status: number): object {
  return { description: others[status as keyof typeof others], headers: { 'x-request-id': id } }
}
