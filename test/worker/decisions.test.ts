import { expect, test } from 'vitest'
import { type AdmissionQuestion, mayStart, PARKED_MS } from '../../lib/worker/admission.ts'
import {
  BATCH_US,
  type BatchQuestion,
  batchSize,
  LONG_US,
  MAX_BATCH,
  nextEstimate,
  PIPELINE,
  readyTarget,
} from '../../lib/worker/batch-size.ts'
import { type EndFacts, failureOfEnd } from '../../lib/worker/process/child-end.ts'
import { forgetLargePages, withLargePages } from '../../lib/worker/process/large-pages.ts'
import { scrubbedEnvironment } from '../../lib/worker/process/scrubbed-environment.ts'

const batch: BatchQuestion = { estimate: 10, pending: 10_000, children: 2, inChild: 0, alone: false }

test.each<[string, Partial<BatchQuestion>, number]>([
  ['nothing waits', { pending: 0 }, 0],
  ['nobody knows yet what they take', { estimate: undefined }, 1],
  ['… and one runs already', { estimate: undefined, inChild: 1 }, 0],
  ['jobs are tiny', { estimate: 0.5 }, MAX_BATCH],
  ['jobs are short', { estimate: BATCH_US / 50 }, 50],
  ['jobs are a little under long', { estimate: LONG_US - 1 }, 2],
  ['jobs are long', { estimate: LONG_US }, 1],
  ['… and one runs already', { estimate: LONG_US, inChild: 1 }, 0],
  ['the next batch may lie ready', { inChild: PIPELINE - 1 }, 200],
  ['… but not one more', { inChild: PIPELINE }, 0],
  ['they must be alone', { alone: true }, 1],
  ['… and one runs already', { alone: true, inChild: 1 }, 0],
  ['few are left: evenly', { pending: 12 }, 3],
  ['one is left', { pending: 1 }, 1],
])('a batch when %s', (_when, question, size) => {
  expect(batchSize({ ...batch, ...question })).toBe(size)
})

test.each([
  [undefined, 4],
  [LONG_US, 4],
  [LONG_US - 1, 42],
  [1, 4_096],
])('with jobs of %s µs two workers keep %d ready', (estimate, count) => {
  expect(readyTarget(2, estimate)).toBe(count)
})

test('an estimate follows slowly, but sees a long job at once and forgives it', () => {
  expect(nextEstimate(undefined, 70)).toBe(70)
  expect(nextEstimate(80, 160)).toBe(90)
  expect(nextEstimate(10, 50_000)).toBe(50_000)
  let estimate = 50_000
  for (let index = 0; index < 60; index++) estimate = nextEstimate(estimate, 10)
  expect(estimate).toBeLessThan(LONG_US)
})

const admission: AdmissionQuestion = { workers: 2, running: 0, waiting: 0, depth: 0, shallowest: Infinity, quiet: 0 }

test.each<[string, Partial<AdmissionQuestion>, boolean]>([
  ['a worker is free', {}, true],
  ['all run', { running: 2 }, false],
  ['all run, however quiet it is', { running: 2, quiet: 1e9 }, false],
  ['one waits, one is free', { waiting: 1, shallowest: 0 }, true],
  ['all wait, and it stands below them', { waiting: 2, shallowest: 0, depth: 1 }, true],
  ['all wait, and it stands beside them', { waiting: 2, shallowest: 0 }, false],
  ['all wait, it stands beside them, and nothing moves', { waiting: 2, shallowest: 0, quiet: PARKED_MS }, true],
  ['one waits, one runs, and it stands below', { waiting: 1, running: 1, shallowest: 0, depth: 2 }, true],
  ['one waits, one runs, and it stands beside', { waiting: 1, running: 1, shallowest: 1, depth: 1 }, false],
])('a job when %s', (_when, question, may) => {
  expect(mayStart({ ...admission, ...question })).toBe(may)
})

const end: EndFacts = {
  jid: 7,
  exitCode: undefined,
  signal: undefined,
  verdict: undefined,
  exited: undefined,
  stderr: '',
  memory: 0,
  memoryLimit: 1_000 * 1024 ** 2,
  maxRuntime: 50,
}

test.each<[string, Partial<EndFacts>, object]>([
  ['was killed', { verdict: 'killed', signal: 'SIGKILL' }, { code: 'killed' }],
  [
    'took too long',
    { verdict: 'timeout', signal: 'SIGKILL' },
    { code: 'timeout', message: expect.stringContaining('50 ms') },
  ],
  ['took too much', { verdict: 'oom', memory: 2 ** 31 }, { code: 'oom', message: expect.stringContaining('2048 MB') }],
  ['outgrew its heap', { signal: 'SIGABRT', stderr: 'FATAL: JavaScript heap out of memory' }, { code: 'oom' }],
  ['was taken by the kernel', { signal: 'SIGKILL', memory: 900 * 1024 ** 2 }, { code: 'oom' }],
  ['was killed by somebody', { signal: 'SIGKILL', memory: 100 }, { code: 'crash', signal: 'SIGKILL' }],
  ['said good-bye', { exited: 3, exitCode: 3 }, { code: 'exit', exitCode: 3 }],
  ['exited past us', { exitCode: 5 }, { code: 'exit', exitCode: 5 }],
  ['aborted', { signal: 'SIGABRT', stderr: 'a\nb\n' }, { code: 'crash', message: expect.stringContaining('words: b') }],
  ['vanished', {}, { code: 'crash' }],
])('a job whose child %s', (_how, facts, failure) => {
  expect(failureOfEnd({ ...end, ...facts })).toMatchObject(failure)
})

test('the environment loses the service’s own settings and nothing else', () => {
  const given = {
    PATH: '/bin',
    PICLOUD_KEY: 'x',
    AWS_REGION: 'r',
    AWS_SESSION_TOKEN: 't',
    AWS_LAMBDA_X: 'l',
    GONE: undefined,
  }
  expect(scrubbedEnvironment(given)).toEqual({ PATH: '/bin', AWS_REGION: 'r' })
  expect(scrubbedEnvironment(given, true)).toEqual({
    PATH: '/bin',
    AWS_REGION: 'r',
    AWS_SESSION_TOKEN: 't',
    AWS_LAMBDA_X: 'l',
  })
})

test('large pages are asked for, unseen by user code; a person’s own tunables stay', () => {
  const asked = withLargePages({ PATH: '/bin' })
  expect(asked).toEqual({ PATH: '/bin', GLIBC_TUNABLES: expect.stringContaining('hugetlb') })
  forgetLargePages(asked)
  expect(asked).toEqual({ PATH: '/bin' })
  const own = withLargePages({ GLIBC_TUNABLES: 'glibc.malloc.check=3' })
  forgetLargePages(own)
  expect(own).toEqual({ GLIBC_TUNABLES: 'glibc.malloc.check=3' })
})
