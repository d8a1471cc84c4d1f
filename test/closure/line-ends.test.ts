import { runInThisContext } from 'node:vm'
import { expect, test } from 'vitest'
import { lineStartsOf } from '../../lib/closure/source/line-ends.ts'

test.each([
  ['', [0]],
  ['a', [0]],
  ['a\nb\n', [0, 2, 4]],
  ['a\r\nb', [0, 3]],
  ['a\rb\n', [0, 2, 4]],
  ['a\u2028b\u2029c\nd', [0, 2, 4, 6]],
  ['\r\n\r\n\n\r', [0, 2, 4, 5, 6]],
])('lines of %j start at %j', (text, starts) => {
  expect(lineStartsOf(text)).toEqual(starts)
})

test.each(['\n', '\r', '\r\n', '\u2028', '\u2029'])('V8 counts %j as the end of a line', end => {
  const text = `1;${end}2;${end}new Error('here').stack`
  expect(runInThisContext(text, 'lines.js')).toContain(`lines.js:${lineStartsOf(text).length}:`)
})
