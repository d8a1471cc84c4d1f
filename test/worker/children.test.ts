import { afterAll, expect, onTestFinished, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { createPool } from '../../lib/worker/create-pool.ts'
import { Bench, fileBlobs } from './harness.ts'

const bench = new Bench({
  workers: 1,
  environment: {
    ...process.env,
    PICLOUD_API_SECRETKEY: 'secret',
    AWS_SECRET_ACCESS_KEY: 'secret',
    NODE_OPTIONS: '--no-warnings',
    MINE: 'kept',
  },
})
afterAll(() => bench[Symbol.asyncDispose]())

const pid = (): number => process.pid

test('a child is used again for jobs of the same code, whatever they captured', async () => {
  const addTo = (base: number) => (x: number) => [base + x, process.pid]
  const [first, second] = [await bench.value(addTo(1), [1]), await bench.value(addTo(10), [1])] as number[][]
  expect([first?.[0], second?.[0]]).toEqual([2, 11])
  expect(second?.[1]).toBe(first?.[1])
})

test('a job starts from the captured state, not from what the last one left', async () => {
  const state = { count: 0 }
  const step = (): number => ++state.count
  expect([await bench.value(step), await bench.value(step)]).toEqual([1, 1])
})

test('other code gets another process', async () => {
  const other = (): number => process.pid + 0
  expect(await bench.value(other)).not.toBe(await bench.value(pid))
})

test('killProcess gives a job a process that ends with it', async () => {
  const first = await bench.value(pid, [], { killProcess: true })
  const second = await bench.value(pid, [], { killProcess: true })
  expect(second).not.toBe(first)
  await expect.poll(() => isThere(first as number)).toBe(false)
})

test('a child does not see the service’s settings, credentials or Node options', async () => {
  const names = ['PICLOUD_API_SECRETKEY', 'AWS_SECRET_ACCESS_KEY', 'NODE_OPTIONS', 'MINE']
  const seen = await bench.value((wanted: string[]) => wanted.map(name => process.env[name]), [names])
  expect(seen).toEqual([undefined, undefined, undefined, 'kept'])
})

test('user code sees no arguments of ours', async () => {
  expect(await bench.value(() => process.argv.length)).toBe(1)
})

test('highCpu is a higher priority', async () => {
  const niceness = (): number => process.getBuiltinModule('node:os').getPriority()
  const ordinary = (await bench.value(niceness)) as number
  const high = (await bench.value(niceness, [], { highCpu: true })) as number
  expect(high).toBeLessThan(ordinary)
})

test('a profile is one that DevTools open', async () => {
  const { outcome } = await bench.run(
    function busy() {
      let sum = 0
      for (let index = 0; index < 2e7; index++) sum += Math.sqrt(index)
      return sum
    },
    [],
    { profile: true },
  )
  const profile = JSON.parse(outcome.profile ?? '{}') as {
    nodes: { callFrame: { functionName: string } }[]
    samples: number[]
  }
  expect(profile.nodes.map(({ callFrame }) => callFrame.functionName)).toContain('busy')
  expect(profile.samples.length).toBeGreaterThan(0)
})

test('usage says when a job ran, and how much CPU and memory it took', async () => {
  const before = Date.now()
  const { outcome } = await bench.run(() => {
    const until = performance.now() + 50
    while (performance.now() < until);
  })
  const { started, finished, cpuUser, memory } = outcome.usage
  expect(started).toBeGreaterThanOrEqual(before - 1)
  expect(finished - started).toBeGreaterThanOrEqual(49)
  expect(cpuUser).toBeGreaterThan(10_000)
  expect(memory).toBeGreaterThan(20 * 1024 ** 2)
})

test('the first job of a kind is announced once, before it ends', async () => {
  const { started, ended } = bench.start(pid, [[], [], []])
  await ended
  expect([...started].sort()).toEqual([0, 1, 2])
})

test('the kernel would take a child before anything else', async () => {
  if (process.platform !== 'linux') return expect(process.platform).toBe('darwin')
  const read = (): string => process.getBuiltinModule('node:fs').readFileSync('/proc/self/oom_score_adj', 'utf8').trim()
  expect(await bench.value(read)).toBe('1000')
})

test('a closed pool runs nothing, and its children are gone', async () => {
  const other = new Bench({ workers: 2 })
  const child = (await other.value(pid)) as number
  await other.pool.close()
  expect(isThere(child)).toBe(false)
  expect(other.pool.wanted).toBe(0)
  const { launch } = other.start(pid, [[]])
  await launch.done
  await other.blobs.dispose()
})

test('a function captured under a newer Node is refused', async () => {
  const fn = { bundle: '0'.repeat(64), code: '0'.repeat(64), name: '', node: 999 }
  const [end] = await bench.start(() => 1, [[]], {}, { function: fn }).ended
  expect(end?.failure).toMatchObject({ code: 'incompatible' })
})

test('a bundle that is missing, or is none, fails its jobs with a code', async () => {
  const fn = { bundle: 'f'.repeat(64), code: 'f'.repeat(64), name: '', node: 24 }
  const [end] = await bench.start(() => 1, [[]], {}, { function: fn }).ended
  expect(end?.failure).toMatchObject({ code: 'revive' })
})

test('a bundle whose content is not that of its hash never runs', async () => {
  const { bundle } = capture(() => 1)
  const broken = bundle.with(bundle.length - 1, (bundle.at(-1) as number) ^ 1)
  const other = new Bench({ loadBundle: () => Promise.resolve(broken) })
  const [end] = await other.start(() => 1, [[]]).ended
  expect(end?.failure).toMatchObject({ code: 'revive', message: expect.stringContaining('another hash') })
  await other.pool.close()
  await other.blobs.dispose()
})

test.each([
  ['workers', 0],
  ['workers', 1.5],
  ['maxWaiting', -1],
  ['spares', -1],
  ['memoryLimit', 1_000],
])('%s of %d is refused', async (name, value) => {
  const blobs = fileBlobs()
  onTestFinished(blobs.dispose)
  const options = { blobs, serve: () => Promise.reject(new Error('none')), [name]: value }
  expect(() => createPool(options)).toThrow(expect.objectContaining({ code: 'invalid-argument' }))
})

function isThere(process_: number): boolean {
  try {
    return process.kill(process_, 0)
  } catch {
    return false
  }
}
