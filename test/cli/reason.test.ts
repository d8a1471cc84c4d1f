import { expect, test } from 'vitest'
import { reasonOf } from '../../lib/cli/reason.ts'
import { CloudException } from '../../lib/protocol/errors.ts'

const at = Date.UTC(2030, 0, 2, 3, 4, 5)

test.each([
  [{ status: 'processing' }, 'Job 5 waits for nothing: it runs.'],
  [{ status: 'done' }, 'Job 5 waits for nothing: it is done.'],
  [{ status: 'queued', waitsFor: { kind: 'worker' } }, 'Job 5 waits for a free worker.'],
  [{ status: 'queued', waitsFor: { kind: 'schedule', at } }, 'Job 5 waits for its time: 2030-01-02 03:04:05 UTC.'],
  [
    { status: 'queued', waitsFor: { kind: 'retry', at } },
    'Job 5 failed, and is tried again at 2030-01-02 03:04:05 UTC.',
  ],
  [{ status: 'queued', waitsFor: { kind: 'chunk', first: 1, count: 9 } }, /before it among 1-9/],
  [{ status: 'waiting', waitsFor: { kind: 'dependency', jid: 3, total: 1 } }, /waits for job 3, which it depends on/],
  [{ status: 'waiting', waitsFor: { kind: 'dependency', jid: 3, total: 8 } }, /waits for job 3, one of 8 that/],
] as const)('%j', (info, text) => {
  expect(reasonOf(5, info).text).toMatch(text)
})

test('a failed job gives its reason, and a waiting one that of what it waits for', () => {
  const exception = new CloudException('Job 3: no luck', { code: 'exception' })
  expect(reasonOf(3, { status: 'error', exception }).text).toBe('Job 3 waits for nothing: it is error. Job 3: no luck')
  const because = reasonOf(3, { status: 'queued', waitsFor: { kind: 'worker' } })
  const reason = reasonOf(5, { status: 'waiting', waitsFor: { kind: 'dependency', jid: 3, total: 1 } }, because)
  expect(reason.text).toBe('Job 5 waits for job 3, which it depends on.\nJob 3 waits for a free worker.')
  expect(reason.because).toBe(because)
})
