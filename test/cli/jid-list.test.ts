import { expect, test } from 'vitest'
import { jidList, MAX_LISTED_JOBS, writtenJids } from '../../lib/cli/jid-list.ts'

test.each([
  ['7', [[7, 1]]],
  [
    '1-3,7',
    [
      [1, 3],
      [7, 1],
    ],
  ],
  [
    '7, 1-3',
    [
      [7, 1],
      [1, 3],
    ],
  ],
  ['9007199254740991', [[9007199254740991, 1]]],
  [`1-${MAX_LISTED_JOBS}`, [[1, MAX_LISTED_JOBS]]],
])('%s', (text, ranges) => {
  expect(jidList(text).ranges).toEqual(ranges)
  expect(writtenJids(jidList(text))).toBe(text.replaceAll(' ', ''))
})

test.each(['', ' ', '0', '-1', '1-', '1,,2', '1.5', 'a', '3-1', '01', '9007199254740992', `1-${MAX_LISTED_JOBS + 1}`])(
  '“%s” is refused',
  text => {
    expect(() => jidList(text)).toThrow(expect.objectContaining({ code: 'commander.invalidArgument' }))
  },
)
