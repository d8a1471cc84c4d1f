import { expect, test } from 'vitest'
import type { Session } from '../../../lib/client/connect/session.ts'
import { MAX_COUNTED_JOBS, runningOf } from '../../../lib/client/result/running.ts'

function answering(...statuses: readonly string[]): { session: Session; asked: unknown[] } {
  const asked: unknown[] = []
  const json = async (...request: unknown[]): Promise<unknown> => {
    asked.push(request)
    return { statuses: statuses.map((status, nth) => ({ first: 1 + nth * 10, count: 10, status })) }
  }
  return { session: { transport: { json } } as unknown as Session, asked }
}

test('those that run are counted, in one request', async () => {
  const { session, asked } = answering('done', 'processing', 'queued', 'processing')
  expect(await runningOf(session, [[1, 40]])?.()).toBe(20)
  expect(asked).toEqual([['POST', '/v1/jobs/status', { ranges: [[1, 40]] }]])
})

test.each([
  [MAX_COUNTED_JOBS, true],
  [MAX_COUNTED_JOBS + 1, false],
])('of %i jobs they are counted: %s', (count, isCounted) => {
  expect(runningOf(answering().session, [[1, count]]) !== undefined).toBe(isCounted)
})
