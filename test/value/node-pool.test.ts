import { describe, expect, test } from 'vitest'
import { decode } from '../../lib/value/decode.ts'
import { encode, gather } from '../../lib/value/encode.ts'
import { isNodesPool } from '../../lib/value/node-pool.ts'

const bytesOf = (value: unknown): string => Buffer.from(gather(encode(value))).toString('hex')
const there = (value: unknown): unknown => decode(gather(encode(value)))
/** Moves on in the pool, so that what comes next lies elsewhere, perhaps in another pool. */
const moveOn = (bytes: number): void => {
  for (let left = bytes; left > 0; left -= 8) Buffer.from('neighbour').fill(left)
}
const small = (text: string): Buffer => {
  const made = Buffer.from(text)
  expect(isNodesPool(made.buffer as ArrayBuffer)).toBe(true)
  return made
}

const makers: readonly (readonly [string, () => unknown])[] = [
  ['one Buffer', () => small('one')],
  ['two Buffers', () => [small('one'), small('two')]],
  [
    'two that overlap, the later one first',
    () => {
      const whole = small('overlapping')
      return [whole.subarray(3, 7), whole.subarray(1, 5), whole.subarray(9)]
    },
  ],
  [
    'views of other kinds',
    () => {
      const whole = small('a view of 8')
      return [new Uint16Array(whole.buffer, whole.byteOffset, 4), new DataView(whole.buffer, whole.byteOffset + 1, 3)]
    },
  ],
  ['an empty part of one', () => small('something').subarray(4, 4)],
  [
    'one beside memory of the user’s',
    () => [new Uint8Array(new ArrayBuffer(8), 2, 3), small('one'), new Uint8Array(2)],
  ],
]

describe('Buffers of Node’s pool', () => {
  test.each(makers)('%s: the bytes are the same wherever in the pool they lie', (_what, make) => {
    const first = bytesOf(make())
    for (const distance of [8, 64, 3_000, 5_000, 9_000]) {
      moveOn(distance)
      expect(bytesOf(make())).toBe(first)
    }
  })

  test('two of two pools give the bytes of two of one', () => {
    const one = [small('one'), small('two')]
    const [first] = [small('one'), moveOn(Buffer.poolSize)]
    expect(bytesOf([first, small('two')])).toBe(bytesOf(one))
    expect(bytesOf([...one].reverse())).toBe(bytesOf([small('two'), small('one')]))
  })

  test('those that have bytes in common still have them, and no neighbour comes along', () => {
    const whole = small('in common')
    moveOn(100)
    const [a, b, words] = there([
      whole.subarray(0, 6),
      whole.subarray(3),
      new Uint16Array(whole.buffer, whole.byteOffset, 2),
    ]) as [Buffer, Buffer, Uint16Array]
    expect(a.buffer).toBe(b.buffer)
    expect(words.buffer).toBe(b.buffer)
    expect(a.buffer.byteLength).toBe(whole.byteLength)
    a[3] = 0x21
    expect(String(b)).toBe('!ommon')
  })

  test('the pool itself travels whole, with the Buffers in it', () => {
    const one = small('one')
    const [buffer, again] = there([one.buffer, one]) as [ArrayBuffer, Buffer]
    expect([buffer.byteLength, again.buffer === buffer, String(again)]).toEqual([Buffer.poolSize, true, 'one'])
    const [before] = there([small('before'), one.buffer]) as [Buffer]
    expect(String(before)).toBe('before')
  })
})

describe('memory of the user’s', () => {
  test('of the pool’s size is none: two views of it that have nothing in common share it', () => {
    const buffer = new ArrayBuffer(Buffer.poolSize)
    const [a, b] = there([new Uint8Array(buffer, 0, 4), new Uint8Array(buffer, 100, 4)]) as [Uint8Array, Uint8Array]
    expect(a.buffer).toBe(b.buffer)
  })
})
