import { expect, test } from 'vitest'
import { CloudException } from '../../../lib/protocol/errors.ts'
import { fakeCloud } from '../fake-cloud.ts'
import { FakeEngine } from '../fake-engine.ts'

const cloud = fakeCloud(new FakeEngine(([x]) => x))
const seen = new WeakMap<object, number>()

/** What it is refused with, and the first place in its stack. */
async function refusalOf(ask: () => PromiseLike<unknown>): Promise<{ error: Error; top: string | undefined }> {
  const error = await Promise.resolve(ask()).then(
    () => expect.unreachable(),
    (caught: unknown) => caught as Error,
  )
  return { error, top: error.stack?.split('\n').find(line => /^\s+at /.test(line)) }
}

test.each<[string, () => PromiseLike<unknown>]>([
  ['a function that can’t travel', () => cloud.call((key: object) => seen.get(key), {})],
  ['what is no function', () => cloud.call('x' as never)],
  ['an argument that can’t travel', () => cloud.call((x: unknown) => x, seen)],
  ['too many arguments', () => cloud.call((x: number) => x, ...([1, 2] as unknown as [number]))],
  ['a function of a map that can’t travel', () => cloud.map((key: object) => seen.get(key), [{}])],
  ['with options', () => cloud.with({ label: 'x' }).call('x' as never)],
])('the stack of a refusal begins at the user’s own line: %s', async (_, ask) => {
  const { error, top } = await refusalOf(ask)
  expect(top).toContain('refusing.test.ts')
  expect(error.stack).toContain(error.message)
  expect(error.stack).not.toContain('lib/client/')
})

test('a refusal is told once, without what it was made of', async () => {
  const { error } = await refusalOf(() => cloud.call((key: object) => seen.get(key), {}))
  expect(error).toMatchObject({ name: 'CaptureError', code: 'capture' })
  expect(error).not.toHaveProperty('cause')
})

test('an error of the user’s own is left as it is', async () => {
  const own = new RangeError('of a sequence')
  const { stack } = own
  const sequence = {
    [Symbol.iterator]: () => {
      throw own
    },
  }
  const { error } = await refusalOf(() => cloud.map((x: number) => x, sequence as never))
  expect(error).toBe(own)
  expect(error.stack).toBe(stack)
})

test('what an exception does not have is no property of it', () => {
  expect(Object.keys(new CloudException('It failed.', { code: 'closed', jid: undefined, cause: undefined }))).toEqual([
    'code',
  ])
  const { message, ...facts } = new CloudException('It failed.', {
    code: 'exception',
    jid: 3,
    status: 'error',
    hint: 'See it.',
  })
  expect(message).toBe('It failed. See it.')
  expect(facts).toEqual({ code: 'exception', jid: 3, status: 'error', hint: 'See it.' })
})
