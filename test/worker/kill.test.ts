import { afterAll, expect, test } from 'vitest'
import { Bench, type Started } from './harness.ts'

const bench = new Bench({ workers: 1 })
afterAll(() => bench[Symbol.asyncDispose]())

/** Resolves when the job has printed something: it runs. */
async function running({ outputs }: Started): Promise<void> {
  while (outputs.length === 0) await new Promise(resolve => setTimeout(resolve, 10))
}

test('an endless loop is dead within the grace, and the pool goes on', async () => {
  const started = bench.start(() => {
    console.log(process.pid)
    while (true);
  }, [[]])
  await running(started)
  started.launch.kill(0)
  const [end] = await started.ended
  expect(end?.failure).toMatchObject({ code: 'killed' })
  expect(end?.outcome.status).toBe('killed')
  expect(() => process.kill(Number(started.outputs[0]?.output.stdout), 0)).toThrow(/ESRCH/)
  expect(await bench.value(() => 1)).toBe(1)
})

test('the job is told first and may end by itself; it is killed all the same', async () => {
  const started = bench.start(async () => {
    const worker = (globalThis as Record<symbol, unknown>)[Symbol.for('picloud.worker')] as {
      current(): { signal: AbortSignal }
    }
    const { signal } = worker.current()
    console.log('ready')
    await new Promise(resolve => signal.addEventListener('abort', resolve))
    console.log('aborted')
    return 'cleaned up'
  }, [[]])
  await running(started)
  started.launch.kill(0)
  const [end] = await started.ended
  expect(end?.outcome).toMatchObject({ status: 'killed', code: 'killed' })
  expect(end?.output?.stdout).toBe('ready\naborted\n')
})

test('a job that has not started is killed without starting', async () => {
  const blocker = bench.start(() => {
    console.log('ready')
    while (true);
  }, [[]])
  await running(blocker)
  const waiting = bench.start(() => console.log('never'), [[], []])
  waiting.launch.kill(1)
  blocker.launch.kill(0)
  const [first, second] = await waiting.ended
  expect(first?.outcome.status).toBe('done')
  expect(second?.failure?.code).toBe('killed')
  expect(waiting.started).toEqual([0])
})

test('what the job started dies with it', async () => {
  const started = bench.start(() => {
    const { spawn } = process.getBuiltinModule('node:child_process')
    const child = spawn('sleep', ['600'], { stdio: 'ignore' })
    console.log(child.pid)
    while (true);
  }, [[]])
  await running(started)
  started.launch.kill(0)
  const [end] = await started.ended
  const pid = Number(end?.output?.stdout)
  expect(pid).toBeGreaterThan(0)
  await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false)
})

test('an abandoned launch settles, reports nothing more, and leaves the pool working', async () => {
  const started = bench.start(() => {
    console.log('ready')
    while (true);
  }, [[], []])
  await running(started)
  const before = started.outputs.length
  started.launch.abandon()
  await started.launch.done
  expect(await started.ended).toEqual([undefined, undefined])
  expect(await bench.value(() => 2)).toBe(2)
  expect(started.outputs).toHaveLength(before)
})

test('kill of a job that ended, or of none, does nothing', async () => {
  const started = bench.start(() => 3, [[]])
  const [end] = await started.ended
  started.launch.kill(0)
  started.launch.kill(5)
  expect(end?.outcome.status).toBe('done')
})

// A killed process stays in the table until its parent reaps it: a zombie is dead.
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const { readFileSync } = process.getBuiltinModule('node:fs')
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return process.platform !== 'linux'
  }
}
