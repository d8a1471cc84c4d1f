import { describe, expect, test } from 'vitest'
import { rowsOf } from '../../../lib/client/submit/rows.ts'

async function all(...sequences: unknown[]): Promise<unknown[]> {
  const rows = rowsOf(sequences)
  const found: unknown[] = []
  for (let row = await rows.next(); row !== undefined; row = await rows.next()) found.push(row)
  return found
}

async function* letters(text: string): AsyncGenerator<string> {
  yield* text
}

describe('rowsOf', () => {
  test('walks sequences side by side', async () => {
    expect(await all([1, 2], ['a', 'b'])).toEqual([[1, 'a'], [2, 'b']]) // biome-ignore format: one line
  })

  test('pads the shorter', async () => {
    const padded = [[1, 'a', 'x'], [undefined, 'b', 'y'], [undefined, undefined, 'z']] // biome-ignore format: one line
    expect(await all([1], letters('ab'), new Set(['x', 'y', 'z']))).toEqual(padded)
  })

  test('nothing gives nothing', async () => {
    expect(await all([])).toEqual([])
    expect(await all([], letters(''))).toEqual([])
  })

  test.each([
    [[[1, 2, 3]], 3],
    [[new Set([1]), [1, 2]], 2],
    [[new Map([[1, 2]])], 1],
    [[new Uint8Array(4)], 4],
    [[[1], letters('a')], undefined],
    [['text'], undefined],
  ])('%j has the length %s', (sequences, length) => {
    expect(rowsOf(sequences).length).toBe(length)
  })

  test('does not touch what it was not asked for', async () => {
    let taken = 0
    function* counted(): Generator<number> {
      for (;;) yield taken++
    }
    const rows = rowsOf([counted()])
    expect(taken).toBe(0)
    await rows.next()
    await rows.next()
    expect(taken).toBe(2)
  })

  test('closing lets the sequences go', async () => {
    const closed: string[] = []
    function* sync(): Generator<number> {
      try {
        for (;;) yield 1
      } finally {
        closed.push('sync')
      }
    }
    async function* later(): AsyncGenerator<number> {
      try {
        for (;;) yield 1
      } finally {
        closed.push('async')
      }
    }
    const rows = rowsOf([sync(), later()])
    await rows.next()
    await rows.close()
    expect(closed.sort()).toEqual(['async', 'sync'])
  })

  test('no sequence is a TypeError', () => {
    expect(() => rowsOf([])).toThrow(TypeError)
  })

  test.each([7, null, undefined, {}, () => 1])('%s is no sequence', sequence => {
    expect(() => rowsOf([[1], sequence])).toThrow(TypeError)
  })
})
