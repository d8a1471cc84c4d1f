import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Bench } from './harness.ts'

const bench = new Bench({ workers: 2 })
afterAll(() => bench[Symbol.asyncDispose]())

const numbers = (count: number): number[][] => Array.from({ length: count }, (_, index) => [index])

test('thousands of short jobs each run once, with their own arguments', async () => {
  const log = join(bench.blobs.folder, 'ran')
  const run = (index: number): number => {
    process.getBuiltinModule('node:fs').appendFileSync(log, `${index}\n`)
    return 2 * index
  }
  appendFileSync(log, '')
  const ends = await bench.start(run, numbers(3_000)).ended
  const values = await Promise.all(ends.map(end => bench.valueOf(end)))
  expect(values).toEqual(numbers(3_000).map(([index]) => 2 * (index as number)))
  const ran = readFileSync(log, 'utf8').trimEnd().split('\n').map(Number)
  expect(ran.sort((a, b) => a - b)).toEqual(numbers(3_000).flat())
})

test('a long job among short ones holds nobody up, and nothing runs twice', async () => {
  const log = join(bench.blobs.folder, 'with-long')
  appendFileSync(log, '')
  // The long ones never end by themselves: the others must get past them.
  const run = (index: number): number => {
    process.getBuiltinModule('node:fs').appendFileSync(log, `${index}\n`)
    if (index === 400) while (true);
    return index
  }
  const started = bench.start(run, numbers(1_000))
  const done = new Set<number>()
  const read = (): void => {
    for (const line of readFileSync(log, 'utf8').split('\n')) if (line !== '') done.add(Number(line))
  }
  while (done.size < 1_000) {
    read()
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  started.launch.kill(400)
  const ends = await started.ended
  expect(ends.filter(({ outcome }) => outcome.status === 'done')).toHaveLength(999)
  expect(ends[400]?.outcome.status).toBe('killed')
  const ran = readFileSync(log, 'utf8').trimEnd().split('\n')
  expect(ran).toHaveLength(1_000)
})

test.each([
  ['exits', () => process.exit(9), 'exit'],
  ['crashes', () => process.abort(), 'crash'],
] as const)('when one of many %s, it alone fails', async (_name, end, code) => {
  const run = (index: number): number => {
    if (index === 333) end()
    return index
  }
  const ends = await bench.start(run, numbers(700)).ended
  const failed = ends.filter(({ outcome }) => outcome.status !== 'done')
  expect(failed.map(({ failure }) => failure?.code)).toEqual([code])
  expect(ends[333]?.failure?.code).toBe(code)
})

test('jobs that may not run twice are run one at a time, and each once, even when one crashes', async () => {
  const log = join(bench.blobs.folder, 'once')
  appendFileSync(log, '')
  const run = (index: number): void => {
    process.getBuiltinModule('node:fs').appendFileSync(log, `${index}\n`)
    if (index === 20) process.abort()
  }
  const ends = await bench.start(run, numbers(50), { restartable: false }).ended
  expect(ends[20]?.failure?.code).toBe('crash')
  const ran = readFileSync(log, 'utf8').trimEnd().split('\n').map(Number)
  expect(ran.sort((a, b) => a - b)).toEqual(numbers(50).flat())
})

test('jobs that turn out to be long run side by side, though all before them were short', async () => {
  const { folder } = bench.blobs
  // Each of the two waits for the other: in one child they would wait for ever.
  const meet = (index: number): number | Promise<number> => {
    const { existsSync, writeFileSync } = process.getBuiltinModule('node:fs')
    if (index < 300) return process.pid
    writeFileSync(`${folder}/here-${index}`, '')
    while (!existsSync(`${folder}/here-${index === 300 ? 301 : 300}`));
    return process.pid
  }
  const ends = await bench.start(meet, numbers(302)).ended
  const [one, other] = await Promise.all(ends.slice(300).map(end => bench.valueOf(end)))
  expect(one).not.toBe(other)
})

test('the pool wants more while it has room, says so, and wants none while it is full', async () => {
  await using small = new Bench({ workers: 1 })
  expect(small.pool.wanted).toBeGreaterThan(0)
  let told = 0
  small.pool.onWanted(() => told++)
  const { launch, ended } = small.start(() => {
    while (true);
  }, numbers(10))
  expect(small.pool.wanted).toBeLessThanOrEqual(0)
  launch.abandon()
  await ended
  expect(told).toBeGreaterThan(0)
  expect(small.pool.wanted).toBeGreaterThan(0)
})
