import { afterAll, describe, expect, test } from 'vitest'
import type { ErrorCode } from '../../lib/protocol/errors.ts'
import type { Failure } from '../../lib/protocol/failure.ts'
import type { WireOptions } from '../../lib/protocol/options.ts'
import { decode } from '../../lib/value/decode.ts'
import { Bench } from './harness.ts'

const MEGABYTE = 1024 ** 2
const bench = new Bench({ workers: 1, memoryLimit: 200 * MEGABYTE })
afterAll(() => bench[Symbol.asyncDispose]())

interface Case {
  readonly name: string
  readonly fn: () => unknown
  readonly code: ErrorCode
  readonly options?: WireOptions
  readonly more?: Partial<Failure>
  readonly message?: RegExp
}

const cases: readonly Case[] = [
  {
    name: 'throws an error',
    fn: () => {
      throw new TypeError('no such thing')
    },
    code: 'exception',
    more: { name: 'TypeError', message: 'no such thing' },
  },
  {
    name: 'rejects',
    fn: () => Promise.reject(new RangeError('later no')),
    code: 'exception',
    more: { name: 'RangeError' },
  },
  {
    name: 'throws an object that is no error',
    fn: () => {
      throw { reason: 'because' }
    },
    code: 'exception',
    message: /threw \{ reason: 'because' \}, which is no error/,
  },
  {
    name: 'throws undefined',
    fn: () => {
      throw undefined
    },
    code: 'exception',
    message: /threw undefined/,
  },
  {
    name: 'throws an error whose message throws',
    fn: () => {
      throw Object.defineProperty(new Error('x'), 'message', {
        get() {
          throw new Error('hostile')
        },
      })
    },
    code: 'exception',
    message: /can’t be read/,
  },
  { name: 'exits with 3', fn: () => process.exit(3), code: 'exit', more: { exitCode: 3 } },
  { name: 'exits with 0', fn: () => process.exit(0), code: 'exit', more: { exitCode: 0 } },
  {
    name: 'exits later, while it waits',
    fn: () => new Promise(() => setTimeout(() => process.exit(7), 10)),
    code: 'exit',
    more: { exitCode: 7 },
  },
  { name: 'aborts', fn: () => process.abort(), code: 'crash', more: { signal: 'SIGABRT' } },
  {
    name: 'kills itself',
    fn: () => {
      process.kill(process.pid, 'SIGKILL')
      while (true);
    },
    code: 'crash',
    more: { signal: 'SIGKILL' },
  },
  {
    name: 'fails as a segmentation fault does',
    fn: () => {
      process.kill(process.pid, 'SIGSEGV')
      while (true);
    },
    code: 'crash',
    more: { signal: 'SIGSEGV' },
  },
  {
    name: 'loops for ever with maxRuntime',
    fn: () => {
      while (true);
    },
    code: 'timeout',
    options: { maxRuntime: 50 },
    message: /maxRuntime of 50 ms/,
  },
  {
    name: 'waits for ever with maxRuntime',
    fn: () => new Promise(() => setInterval(() => undefined, 1_000)),
    code: 'timeout',
    options: { maxRuntime: 50 },
  },
  {
    name: 'fills its heap',
    fn: () => {
      const held: number[][] = []
      while (true) held.push(Array.from({ length: 1_000 }, Math.random))
    },
    code: 'oom',
  },
  {
    name: 'fills buffers',
    fn: async () => {
      const held: Buffer[] = []
      while (true) {
        held.push(Buffer.alloc(8 * 1024 ** 2, 1))
        await new Promise(resolve => setTimeout(resolve, 1))
      }
    },
    code: 'oom',
    message: /memoryLimit/,
  },
  {
    name: 'fills buffers without a pause',
    fn: () => {
      const held: Buffer[] = []
      while (true) held.push(Buffer.alloc(1024 ** 2, 1))
    },
    code: 'oom',
  },
  {
    name: 'returns what can’t travel',
    fn: () => ({ cache: [new WeakMap()] }),
    code: 'result-unserializable',
    message: /result\.cache\[0\]/,
  },
  {
    name: 'returns a class’s instance at level 2',
    fn: () => {
      class Point {
        x = 1
      }
      return new Point()
    },
    code: 'result-unserializable',
    options: { fastSerialization: 2 },
  },
  {
    name: 'leaves a rejection behind, synchronously',
    fn: () => {
      void Promise.reject(new Error('loose'))
      return 1
    },
    code: 'exception',
    more: { message: 'loose' },
  },
  {
    name: 'leaves a rejection behind, asynchronously',
    fn: async () => {
      await null
      void Promise.reject(new Error('loose'))
      return 1
    },
    code: 'exception',
    more: { message: 'loose' },
  },
  {
    name: 'throws in a timer while it waits',
    fn: () => {
      setTimeout(() => {
        throw new Error('late')
      }, 5)
      return new Promise(() => setInterval(() => undefined, 1_000))
    },
    code: 'exception',
    more: { message: 'late' },
  },
  {
    name: 'throws in a tick',
    fn: () => {
      process.nextTick(() => {
        throw new Error('ticked')
      })
      return 1
    },
    code: 'exception',
    more: { message: 'ticked' },
  },
]

describe.each(cases)('a job that $name', ({ fn, code, options, more, message }) => {
  test(`ends as ${code}, and the pool goes on`, async () => {
    const { outcome, failure } = await bench.run(fn, [], options)
    expect({ status: outcome.status, code: outcome.code }).toEqual({ status: 'error', code })
    expect(failure).toMatchObject({ code, ...more })
    if (message !== undefined) expect(failure?.message).toMatch(message)
    expect(await bench.value((x: number) => x + 1, [1])).toBe(2)
  })
})

test('a thrown value travels with its failure, errors with their class and cause', async () => {
  const { failure } = await bench.run(() => {
    throw new RangeError('outer', { cause: { why: 'inner' } })
  })
  const thrown = decode(Buffer.from(failure?.value ?? '', 'base64')) as RangeError
  expect(thrown).toBeInstanceOf(RangeError)
  expect(thrown.cause).toEqual({ why: 'inner' })
})

test('a stack names the user’s file and none of ours', async () => {
  const { failure } = await bench.run(function fails() {
    throw new Error('here')
  })
  expect(failure?.stack).toContain('endings.test.ts')
  expect(failure?.stack).not.toContain('lib/worker')
})

test('what fails between jobs retires the child, and harms no job', async () => {
  const pid = await bench.value(() => {
    setTimeout(() => {
      throw new Error('nobody’s')
    }, 5)
    return process.pid
  })
  await gone(pid as number)
  expect(await bench.value(() => 'fine')).toBe('fine')
})

async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}
