import { afterAll, expect, test } from 'vitest'
import { Bench } from './harness.ts'

const bench = new Bench({ workers: 1 })
afterAll(() => bench[Symbol.asyncDispose]())

/** A place in this file. */
const frame = new RegExp(`${import.meta.url.replace(/[^\w:/-]/g, '\\$&')}:\\d+:\\d+`)

test('a stack that a job prints names the user’s file', async () => {
  const { output } = await bench.run(() => {
    console.error(new Error('printed', { cause: new TypeError('below') }))
    console.trace('traced')
  })
  const [error = '', below = '', traced = ''] = output?.stderr.split(/\n(?= *\[cause\]|Trace)/) ?? []
  for (const text of [error, below, traced]) expect(text.split('\n')[1]).toMatch(frame)
  expect(output?.stderr).not.toContain('picloud:')
})

test('so does one that it reads', async () => {
  const stacks = (await bench.value(() => {
    const kept: { stack?: string } = {}
    Error.captureStackTrace(kept)
    return [new Error('read').stack, kept.stack]
  })) as string[]
  for (const stack of stacks) expect(stack.split('\n')[1]).toMatch(frame)
})

test('and one of an error that it returns', async () => {
  const error = (await bench.value(() => new RangeError('returned'))) as Error
  expect(error).toBeInstanceOf(RangeError)
  expect(error.stack?.split('\n')[1]).toMatch(frame)
})

test('a program’s own prepareStackTrace is called, and may be taken away again', async () => {
  const [sites, after, text] = (await bench.value(() => {
    const before = Error.prepareStackTrace
    Error.prepareStackTrace = (_error, trace) => trace.length
    const sites: unknown = new Error('counted').stack
    Error.prepareStackTrace = before
    const after = new Error('again').stack
    Reflect.deleteProperty(Error, 'prepareStackTrace')
    const text = new Error('bare').stack
    Error.prepareStackTrace = before
    return [sites, after, text]
  })) as [number, string, string]
  expect(sites).toBeGreaterThan(0)
  expect(after.split('\n')[1]).toMatch(frame)
  expect(text).toMatch(/^Error: bare\n/)
})

test('what a job fails with is mapped, whoever formatted it', async () => {
  const { failure } = await bench.run(
    () => {
      Error.prepareStackTrace = (error, trace) => `${error.message} by ${trace[0]}`
      throw new Error('formatted')
    },
    [],
    { killProcess: true },
  )
  expect(failure?.stack).toMatch(/^formatted by /)
  expect(failure?.stack).toMatch(frame)
})
