import { describe, expect, it } from 'vitest'
import { createEngine } from '../../../lib/engine/engine.ts'
import type { Reports, Work } from '../../../lib/engine/ports/launcher.ts'
import { infoKeys } from '../../../lib/protocol/info.ts'
import { MAX_INFO_JOBS } from '../../../lib/protocol/limits.ts'
import { bytes, done, endless, failed, harness, owner } from '../harness.ts'

describe('status', () => {
  it('is run-length coded, in the order of the ranges', async () => {
    const { submit, results, engine } = await harness(jid => (jid === 3 ? failed() : done()))
    await submit(150)
    await results(1, 150)
    const { statuses } = await engine.status({
      ranges: [
        [100, 10],
        [1, 5],
      ],
    })
    expect(statuses).toEqual([
      { first: 100, count: 10, status: 'done' },
      { first: 1, count: 2, status: 'done' },
      { first: 3, count: 1, status: 'error' },
      { first: 4, count: 2, status: 'done' },
    ])
  })

  it('tells started jobs of a chunk from those that are still to start', async () => {
    const { submit, engine, statuses, launcher } = await harness(endless)
    let reports: Reports | undefined
    const { launch } = launcher
    launcher.launch = (work: Work, to: Reports) => {
      reports = to
      return launch(work, {
        ...to,
        started: () => undefined,
        finished: one => to.finished(one),
        output: () => undefined,
      })
    }
    const first = await submit(3)
    while (reports === undefined) await engine.wait({ ranges: [[first, 1]], results: false, wait: 5 })
    expect(await statuses(first, 3)).toEqual(['queued', 'queued', 'queued'])
    reports.started([1], Date.now())
    expect(await statuses(first, 3)).toEqual(['queued', 'processing', 'queued'])
  })

  it('refuses unknown jobs by name', async () => {
    const { engine } = await harness()
    await expect(engine.status({ ranges: [[77, 1]] })).rejects.toMatchObject({ code: 'unknown-job', jid: 77 })
  })
})

describe('info', () => {
  it('has every fact of a finished job', async () => {
    const { submit, results, engine } = await harness()
    const first = await submit(1, { label: 'a label', highCpu: true })
    await results(first, 1)
    const { jobs } = await engine.info({ ranges: [[first, 1]], keys: [...infoKeys] })
    expect(jobs).toEqual([
      {
        jid: first,
        stdout: '',
        stderr: '',
        stdoutDropped: 0,
        stderrDropped: 0,
        exception: null,
        runtime: expect.closeTo(0.0005, 6),
        status: 'done',
        created: expect.any(Number),
        started: expect.any(Number),
        finished: expect.any(Number),
        label: 'a label',
        attempts: 1,
        memory: 1e6,
        cputime: { user: expect.closeTo(1e-4, 7), system: expect.closeTo(5e-5, 7) },
        billed: null,
        cost: null,
        profile: null,
        function: 'f',
        parent: null,
        highCpu: true,
        waitsFor: null,
      },
    ])
  })

  it('has what a job cost where jobs are billed, once it ended', async () => {
    const { submit, results, engine, launcher } = await harness((_, args) => (args === '3' ? endless() : done()), {
      price: 2e-5,
      chunkSize: 2,
    })
    Object.assign(launcher, { workers: 2 })
    await submit(3)
    await results(1, 2)
    await submit(1)
    await results(101, 1)
    const ranges: [number, number][] = [
      [1, 3],
      [101, 1],
    ]
    const { jobs } = await engine.info({ ranges, keys: ['billed', 'cost'] })
    // Half a millisecond, as one; two of a chunk share the machine.
    const shared = { billed: 0.001, cost: expect.closeTo(1e-8, 14) }
    expect(jobs).toEqual([
      { jid: 1, ...shared },
      { jid: 2, ...shared },
      { jid: 3, billed: null, cost: null },
      { jid: 101, billed: 0.001, cost: expect.closeTo(2e-8, 14) },
    ])
    await engine.close()
  })

  it('has what is known of a job that did not start', async () => {
    const { submit, engine } = await harness(undefined, { start: false })
    const first = await submit(1)
    const keys = ['status', 'runtime', 'started', 'attempts', 'cputime', 'exception', 'stdout', 'label'] as const
    expect((await engine.info({ ranges: [[first, 1]], keys: [...keys] })).jobs).toEqual([
      {
        jid: first,
        status: 'queued',
        runtime: null,
        started: null,
        attempts: 0,
        cputime: null,
        exception: null,
        stdout: '',
        label: null,
      },
    ])
  })

  it('has only what was asked for, of each job once, in the order of the ranges', async () => {
    const { submit, results, engine } = await harness((_, args) => (args === '2' ? failed() : done()))
    await submit(3)
    await results(1, 3)
    const { jobs } = await engine.info({
      ranges: [
        [2, 2],
        [1, 1],
      ],
      keys: ['exception'],
    })
    expect(jobs).toEqual([
      { jid: 2, exception: { code: 'exception', message: 'no luck' } },
      { jid: 3, exception: null },
      { jid: 1, exception: null },
    ])
  })

  it('gives output while the job runs, and after; and its profile', async () => {
    const { submit, engine, results, launcher, ports } = await harness(endless)
    let reports: Reports | undefined
    const { launch } = launcher
    launcher.launch = (work: Work, to: Reports) => {
      reports = to
      return launch(work, to)
    }
    const first = await submit(2)
    while (reports === undefined) await engine.wait({ ranges: [[first, 1]], results: false, wait: 5 })
    reports.started([0, 1], Date.now())
    reports.output(1, { stdout: 'half', stderr: '', stdoutDropped: 0, stderrDropped: 0 })
    const keys = ['stdout', 'stderr', 'stdoutDropped', 'profile', 'status'] as const
    const ask = async () => (await engine.info({ ranges: [[first + 1, 1]], keys: [...keys] })).jobs[0]
    expect(await ask()).toMatchObject({ stdout: 'half', profile: null, status: 'processing' })
    reports.output(1, { stdout: 'whole', stderr: 'e', stdoutDropped: 7, stderrDropped: 0 })
    const usage = { started: 1, finished: 2, cpuUser: 0, cpuSystem: 0, memory: 0 }
    reports.finished([{ offset: 1, status: 'done', payload: bytes('\x01'), usage, profile: '{"nodes":[]}' }])
    await results(first + 1, 1)
    const printed = { stdout: 'whole', stderr: 'e', stdoutDropped: 7, profile: '{"nodes":[]}', status: 'done' }
    expect(await ask()).toEqual({ jid: first + 1, ...printed })
    await engine.kill({ ranges: [[first, 1]] }, owner)
    await results(first, 1)
    expect(await ask()).toMatchObject(printed)
    await engine.delete({ ranges: [[first + 1, 1]] })
    expect(await ports.blobs.size({ key: `jobs/${first + 1}/1-1/output` })).toBeUndefined()
  })

  it('gives output of a job that runs elsewhere, as it was at the last renewal, and then its last', async () => {
    const settings = { sharesOutput: true, look: 5, renewal: 10 }
    const { submit, engine, results, launcher, ports } = await harness(endless, settings)
    let reports: Reports | undefined
    const { launch } = launcher
    launcher.launch = (work: Work, to: Reports) => {
      reports = to
      return launch(work, to)
    }
    const { launcher: _, ...shared } = ports
    const elsewhere = createEngine(shared)
    const first = await submit(1)
    while (reports === undefined) await engine.wait({ ranges: [[first, 1]], results: false, wait: 5 })
    const ask = async () => (await elsewhere.info({ ranges: [[first, 1]], keys: ['stdout', 'status'] })).jobs[0]
    reports.started([0], Date.now())
    expect(await ask()).toMatchObject({ stdout: '' })
    const print = (stdout: string) => reports?.output(0, { stdout, stderr: '', stdoutDropped: 0, stderrDropped: 0 })
    for (const stdout of ['half', 'half and more']) {
      print(stdout)
      await expect.poll(ask, { interval: 5 }).toEqual({ jid: first, stdout, status: 'processing' })
    }
    print('whole')
    const usage = { started: 1, finished: 2, cpuUser: 0, cpuSystem: 0, memory: 0 }
    reports.finished([{ offset: 0, status: 'done', payload: bytes('\x01'), usage }])
    await results(first, 1)
    expect(await ask()).toEqual({ jid: first, stdout: 'whole', status: 'done' })
  })

  it('is of a bounded number of jobs', async () => {
    const { engine } = await harness()
    const ask = (count: number) => engine.info({ ranges: [[1, count]], keys: ['status'] })
    await expect(ask(MAX_INFO_JOBS + 1)).rejects.toMatchObject({ code: 'too-large' })
    await expect(ask(MAX_INFO_JOBS)).rejects.toMatchObject({ code: 'unknown-job' })
  })
})
