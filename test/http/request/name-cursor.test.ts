import { expect, test } from 'vitest'
import { withCursor, withName } from '../../../lib/http/request/name-cursor.ts'

test.each(['a', 'a/b c', 'ü', 'zu\u0308', '🙂', 'x'.repeat(1_000)])('a cursor leads back to its name: %s', name => {
  const { cursor } = withCursor({ files: [], cursor: name as string | undefined })
  expect(cursor).toMatch(/^[\w-]+$/)
  expect(cursor).not.toBe(name)
  expect(withName({ cursor, limit: 3 })).toEqual({ cursor: name, limit: 3 })
})

test('none stays none', () => {
  const [answer, request]: { cursor?: string; other: number }[] = [{ other: 1 }, { other: 2 }]
  expect([withCursor(answer as object), withName(request as object)]).toEqual([{ other: 1 }, { other: 2 }])
})

test.each(['', 'zzz', 'a.txt', '__8=', 'YQ==', 'Y Q', '//8'])('%j is none of ours', cursor => {
  expect(() => withName({ cursor })).toThrow(expect.objectContaining({ code: 'invalid-request' }))
})
