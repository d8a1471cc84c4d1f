import { expect, test } from 'vitest'
import { printInfo } from '../../../lib/cli/print/info.ts'
import { CloudException } from '../../../lib/protocol/errors.ts'

test('a job that is done: times in UTC, sizes with units, its output below', () => {
  const text = printInfo({
    7: {
      stdout: 'one\ntwo\n',
      stderr: '',
      exception: undefined,
      runtime: 0.021,
      status: 'done',
      created: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
      finished: null,
      label: null,
      attempts: 1,
      memory: 81_600_000,
      cputime: { user: 1.25, system: 0.012 },
      parent: null,
      highCpu: false,
      stdoutDropped: 0,
      stderrDropped: 0,
      waitsFor: null,
    },
  })
  expect(text.split('\n')).toEqual([
    'job 7',
    '  runtime   21 ms',
    '  status    done',
    '  created   2026-01-02 03:04:05.006 UTC',
    '  finished  –',
    '  attempts  1',
    '  memory    81.6 MB',
    '  cputime   1.3 s user, 12 ms system',
    '  stdout',
    '    one',
    '    two',
    '',
  ])
})

test('jobs that failed or wait: why, and what of their output is gone', () => {
  const exception = new CloudException('no luck\nat all', { code: 'exception' })
  exception.stack = 'CloudException: no luck'
  const text = printInfo({
    7: { status: 'error', exception, label: 'nightly', stderr: 'end', stderrDropped: 12 },
    8: { status: 'waiting', waitsFor: { kind: 'dependency', jid: 7, total: 1 }, highCpu: true },
  })
  expect(text.split('\n')).toEqual([
    'job 7',
    '  status    error',
    '  exception exception: no luck',
    '            at all',
    '  label     nightly',
    '  stderr, the last of it: 12 characters are gone',
    '    end',
    '',
    'job 8',
    '  status    waiting',
    '  waitsFor  {"kind":"dependency","jid":7,"total":1}',
    '  highCpu   yes',
    '',
  ])
})

test('what jobs cost, one by one and together', () => {
  const text = printInfo({
    7: { status: 'done', billed: 0.021, cost: 4.8e-7 },
    8: { status: 'done', billed: 1.5, cost: 0.000_034_3 },
    9: { status: 'queued', billed: null, cost: null },
  })
  expect(text.split('\n')).toEqual([
    'job 7',
    '  status    done',
    '  billed    21 ms',
    '  cost      $0.000000480',
    '',
    'job 8',
    '  status    done',
    '  billed    1.5 s',
    '  cost      $0.0000343',
    '',
    'job 9',
    '  status    queued',
    '',
    'these 2 jobs',
    '  billed    1.5 s',
    '  cost      $0.0000348',
    '',
  ])
})

test('only what was asked for is added up, and nothing of one job', () => {
  expect(printInfo({ 7: { cost: 1 }, 8: { cost: 2 } })).toContain('these 2 jobs\n  cost      $3.00\n')
  expect(printInfo({ 7: { cost: 1 } })).not.toContain('these')
})

test('why a job failed, with the file and line', () => {
  const exception = new CloudException('Job 7: no luck', { code: 'exception', jid: 7, status: 'error' })
  exception.stack =
    'CloudException: Job 7: no luck\n    at f (a.ts:1:2)\n    at [here its result was asked for]\n    at b.ts:3:4'
  expect(printInfo({ 7: { exception } })).toBe(
    'job 7\n  exception exception: Job 7: no luck\n                at f (a.ts:1:2)\n',
  )
})
