import { describe, expect, test } from 'vitest'
import { type FinalRun, Finals } from '../../../lib/client/result/finals.ts'
import { pack } from '../../../lib/protocol/packed.ts'

function run(first: number, ...texts: string[]): FinalRun {
  return {
    first,
    statuses: texts.map(() => 'done' as const),
    payloads: pack(texts.map(text => new TextEncoder().encode(text))),
    offset: 0,
  }
}

function textOf(finals: Finals, jid: number): string | undefined {
  const payload = finals.get(jid, true)?.payload
  return payload && new TextDecoder().decode(payload)
}

describe('Finals', () => {
  test('finds each job of a run', () => {
    const finals = new Finals()
    finals.add(run(99, 'a', 'b', 'c'))
    expect([98, 99, 100, 101, 102].map(jid => textOf(finals, jid))).toEqual([undefined, 'a', 'b', 'c', undefined])
  })

  test('a run without payloads knows the status only', () => {
    const finals = new Finals()
    finals.add({ first: 1, statuses: ['killed'], payloads: undefined, offset: 0 })
    expect(finals.get(1, false)?.status).toBe('killed')
    expect(finals.get(1, true)).toBeUndefined()
  })

  test('gives up what was used least lately, to stay within its limit', () => {
    const finals = new Finals(2_000)
    finals.add(run(1, 'aaaa'))
    finals.add(run(2, 'bbbb'))
    finals.add(run(3, 'cccc'))
    expect(textOf(finals, 1)).toBe('aaaa')
    finals.add(run(4, 'dddd'))
    expect([1, 2, 3, 4].map(jid => textOf(finals, jid))).toEqual(['aaaa', undefined, 'cccc', 'dddd'])
    expect(finals.size).toBeLessThanOrEqual(2_000)
  })

  test('what alone is larger than the limit is not kept', () => {
    const finals = new Finals(500)
    finals.add(run(1, 'longer than that'))
    expect(finals.size).toBe(0)
  })

  test('forgets what was deleted', () => {
    const finals = new Finals()
    finals.add(run(1, 'a', 'b'))
    finals.add(run(3, 'c'))
    finals.forget(2, 1)
    expect([1, 2, 3].map(jid => textOf(finals, jid))).toEqual([undefined, undefined, 'c'])
    finals.forget(1, 100)
    expect(finals.size).toBe(0)
  })
})
