import { once } from 'node:events'
import { expect, test } from 'vitest'
import { batchFrom, failuresOf, type QueueRecord } from '../../../lib/aws/queue/queue-event.ts'

const record = (nth: number, body: string): QueueRecord => ({
  messageId: `message-${nth}`,
  receiptHandle: `receipt-${nth}`,
  body,
  attributes: { SentTimestamp: String(1_000 + nth) },
})

test('messages arrive with when they were sent and a receipt', () => {
  const { received } = batchFrom([record(1, '{"first":1,"weight":2}'), record(2, '[]')])
  expect(received).toEqual([
    { body: { first: 1, weight: 2 }, sent: 1_001, receipt: 'receipt-1' },
    { body: [], sent: 1_002, receipt: 'receipt-2' },
  ])
})

test('those that are not done come again, and only those', () => {
  const { answer } = batchFrom([record(1, '1'), record(2, '2'), record(3, '3')])
  expect(answer(['receipt-3', 'receipt-1'])).toEqual(failuresOf(['message-3', 'message-1']))
  expect(answer([])).toEqual({ batchItemFailures: [] })
  expect(answer(['receipt-9'])).toEqual({ batchItemFailures: [] })
})

test.each(['', '{', 'null'])('%j is none of ours: it is told of, and goes', async body => {
  const warned = once(process, 'warning')
  const { received, answer } = batchFrom([record(1, body), record(2, '2')])
  expect(received.map(({ receipt }) => receipt)).toEqual(['receipt-2'])
  expect(answer([])).toEqual({ batchItemFailures: [] })
  const [warning] = await warned
  expect(warning).toMatchObject({ name: 'PiCloudServiceError', message: expect.stringContaining('message-1') })
})
