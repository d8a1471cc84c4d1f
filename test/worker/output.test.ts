import { afterAll, expect, test } from 'vitest'
import { MAX_OUTPUT_CHARS } from '../../lib/protocol/limits.ts'
import { Bench } from './harness.ts'

const bench = new Bench({ workers: 1 })
afterAll(() => bench[Symbol.asyncDispose]())

test('what a job prints by any means is its own, in order', async () => {
  const { output } = await bench.run(() => {
    const { spawnSync } = process.getBuiltinModule('node:child_process')
    const { writeSync } = process.getBuiltinModule('node:fs')
    console.log('one')
    process.stdout.write('two\n')
    spawnSync('echo', ['three'], { stdio: 'inherit' })
    writeSync(1, 'four\n')
    console.error('five')
  })
  expect(output).toEqual({ stdout: 'one\ntwo\nthree\nfour\n', stderr: 'five\n', stdoutDropped: 0, stderrDropped: 0 })
})

test('what a job prints past our streams alone is seen as well', async () => {
  const { output } = await bench.run(() => {
    process.getBuiltinModule('node:child_process').spawnSync('echo', ['native'], { stdio: 'inherit' })
  })
  expect(output?.stdout).toBe('native\n')
})

test('jobs of one batch each keep their own output, and silent ones have none', async () => {
  const rows = Array.from({ length: 60 }, (_, index) => [index])
  const ends = await bench.start((index: number) => {
    if (index % 3 === 0) console.log(`job ${index}`)
    if (index % 3 === 1) console.error(`error ${index}`)
  }, rows).ended
  expect(ends.map(({ output }) => output?.stdout ?? output?.stderr)).toHaveLength(60)
  for (const [index, { output }] of ends.entries()) {
    if (index % 3 === 2) expect(output).toBeUndefined()
    else if (index % 3 === 0) expect(output).toMatchObject({ stdout: `job ${index}\n`, stderr: '' })
    else expect(output).toMatchObject({ stdout: '', stderr: `error ${index}\n` })
  }
})

test('the last characters are kept, the others counted, and 100 MB do no harm', async () => {
  const { output, outcome } = await bench.run(() => {
    const block = `${'x'.repeat(99_999)}\n`
    for (let index = 0; index < 1_000; index++) process.stdout.write(block)
    process.stdout.write('the end')
  })
  expect(outcome.status).toBe('done')
  expect(output?.stdout).toHaveLength(MAX_OUTPUT_CHARS)
  expect(output?.stdout.endsWith('\nthe end')).toBe(true)
  expect((output?.stdoutDropped ?? 0) + MAX_OUTPUT_CHARS).toBe(100_000_007)
})

test('output can be read while the job runs, even while it never lets go', async () => {
  const { launch, outputs, ended } = bench.start(() => {
    console.log('before the loop')
    while (true);
  }, [[]])
  while (outputs.length === 0) await new Promise(resolve => setTimeout(resolve, 10))
  launch.kill(0)
  const [end] = await ended
  expect(outputs[0]?.output.stdout).toBe('before the loop\n')
  expect(end?.outcome.status).toBe('killed')
})

test('a job that prints and ends its process at once keeps what it printed', async () => {
  const { output, failure } = await bench.run(() => {
    console.log('last words')
    process.exit(1)
  })
  expect(failure?.code).toBe('exit')
  expect(output?.stdout).toBe('last words\n')
})

test('text that is cut into bytes anywhere stays whole', async () => {
  const { output } = await bench.run(() => {
    const { writeSync } = process.getBuiltinModule('node:fs')
    const bytes = Buffer.from('grüße 👋')
    for (const byte of bytes) writeSync(1, Uint8Array.of(byte))
    const until = performance.now() + 5
    while (performance.now() < until);
  })
  expect(output?.stdout).toBe('grüße 👋')
})

test('a job that closes its output does not take it from the next one', async () => {
  const prints = (text: string): void => {
    console.log(text)
    process.stdout.end('the end\n')
    process.stderr.destroy()
  }
  const ends = await bench.start(prints, [['first'], ['second']]).ended
  expect(ends.map(({ output }) => output?.stdout)).toEqual(['first\nthe end\n', 'second\nthe end\n'])
})

test('a loop that prints very many lines loses none and gets through', async () => {
  const { output } = await bench.run(() => {
    for (let index = 0; index < 200_000; index++) console.log(index)
  })
  expect(output?.stdout.endsWith('199998\n199999\n')).toBe(true)
  const chars = 10 * 2 + 90 * 3 + 900 * 4 + 9_000 * 5 + 90_000 * 6 + 100_000 * 7
  expect((output?.stdoutDropped ?? 0) + (output?.stdout.length ?? 0)).toBe(chars)
})
