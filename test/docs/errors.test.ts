import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { problemWords } from '../../lib/http/documents/problem-words.ts'
import { errorCodes } from '../../lib/protocol/errors.ts'

test('every code has its row in the documentation, with whose fault it is and its HTTP status', async () => {
  const text = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8')
  const rows = text.matchAll(/^\| `([\w-]+)` +\| (\w+) +\| (\d+) +\| \S.+ \| \S.+ \|$/gm)
  const documented = [...rows].map(([, code, fault, http]) => ({ code, fault, http: Number(http) }))
  expect(documented).toEqual(Object.entries(errorCodes).map(([code, { fault, http }]) => ({ code, fault, http })))
})

test('the page that a service shows says of each code what the documentation says', async () => {
  const text = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8')
  const rows = text.matchAll(/^\| `([\w-]+)` +\| \w+ +\| \d+ +\| (\S.+?) +\| \S.+ \|$/gm)
  expect(Object.fromEntries([...rows].map(([, code, means = '']) => [code, means.replaceAll('`', '')]))).toEqual(
    problemWords,
  )
})
