import { expect, test } from 'vitest'
import { reasonOf } from '../../../lib/cli/print/reason.ts'
import { CloudException } from '../../../lib/protocol/errors.ts'
import type { QueuePlace, WaitsFor, WorkerLimit } from '../../../lib/protocol/info.ts'

const worker = (limit: WorkerLimit | null, queue: QueuePlace | null): WaitsFor => ({ kind: 'worker', limit, queue })
const at = Date.UTC(2030, 0, 2, 3, 4, 5)

test.each([
  [{ status: 'processing' }, 'Job 5 waits for nothing: it runs.'],
  [{ status: 'done' }, 'Job 5 waits for nothing: it is done.'],
  [{ status: 'queued', waitsFor: worker(null, null) }, 'Job 5 waits for a free worker.'],
  [
    {
      status: 'queued',
      waitsFor: worker({ of: 'workers', max: 2, busy: 2, jids: [3, 4] }, { messages: 9, before: 12 }),
    },
    'Job 5 waits for a free worker. Busy: 2 of 2 workers, with jobs 3 and 4. Before it in the queue: 12 jobs.',
  ],
  [
    { status: 'queued', waitsFor: worker({ of: 'workers', max: 1, busy: 1, jids: [3] }, { messages: 1, before: 0 }) },
    'Job 5 waits for a free worker. Busy: 1 of 1 workers, with job 3. It is first in the queue.',
  ],
  [
    {
      status: 'queued',
      waitsFor: worker({ of: 'workers', max: 9, busy: 9, jids: [1, 2, 3] }, { messages: 1, before: 1 }),
    },
    'Job 5 waits for a free worker. Busy: 9 of 9 workers, with jobs 1, 2 and 3 and others. Before it in the queue: 1 job.',
  ],
  [
    {
      status: 'queued',
      waitsFor: worker({ of: 'workers', max: 2, busy: 0, jids: [] }, { messages: 20_000, before: null }),
    },
    'Job 5 waits for a free worker. Busy: 0 of 2 workers. In the queue: about 20000 messages, and nobody knows which comes next.',
  ],
  [
    {
      status: 'queued',
      waitsFor: worker({ of: 'executors', max: 900, busy: 1, jids: [] }, { messages: 1, before: null }),
    },
    'Job 5 waits for a free executor. The stack runs at most 900 at a time, and they have about 1 message. executor.scaling of the stack sets how many. So more may start: AWS starts them step by step, and none beyond the account’s limit (Service Quotas, “Concurrent executions”), which all its functions share and the stack does not see. In the queue: about 1 message, and nobody knows which comes next.',
  ],
  [
    {
      status: 'queued',
      waitsFor: worker({ of: 'executors', highCpu: true, max: 100, busy: 100, jids: [] }, null),
    },
    'Job 5 waits for a free executor. The stack runs at most 100 for highCpu jobs at a time, and they have about 100 messages. highCpuExecutor.scaling of the stack sets how many.',
  ],
  [{ status: 'queued', waitsFor: { kind: 'schedule', at } }, 'Job 5 waits for its time: 2030-01-02 03:04:05 UTC.'],
  [
    { status: 'queued', waitsFor: { kind: 'retry', at } },
    'Job 5 failed, and is tried again at 2030-01-02 03:04:05 UTC.',
  ],
  [
    { status: 'queued', waitsFor: { kind: 'chunk', first: 1, count: 9, before: 4 } },
    'Job 5 is with a machine, and waits for those of 1-9 that come before it: 4 jobs.',
  ],
  [{ status: 'waiting', waitsFor: { kind: 'dependency', jid: 3, total: 1 } }, /waits for job 3, which it depends on/],
  [{ status: 'waiting', waitsFor: { kind: 'dependency', jid: 3, total: 8 } }, /waits for job 3, one of 8 that/],
] satisfies [Parameters<typeof reasonOf>[1], string | RegExp][])('%j', (info, text) => {
  expect(reasonOf(5, info).text).toMatch(text)
})

test('a failed job gives its reason, and a waiting one that of what it waits for', () => {
  const exception = new CloudException('Job 3: no luck', { code: 'exception' })
  expect(reasonOf(3, { status: 'error', exception }).text).toBe('Job 3 waits for nothing: it is error. Job 3: no luck')
  const because = reasonOf(3, { status: 'queued', waitsFor: worker(null, null) })
  const reason = reasonOf(5, { status: 'waiting', waitsFor: { kind: 'dependency', jid: 3, total: 1 } }, because)
  expect(reason.text).toBe('Job 5 waits for job 3, which it depends on.\nJob 3 waits for a free worker.')
  expect(reason.because).toBe(because)
})
