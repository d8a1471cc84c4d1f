import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const service = fileURLToPath(new URL('../../examples/service.ts', import.meta.url))

test('the story of a service ends well', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [service])
  expect(stdout).toContain('3 jobs counted [1,2,3] words')
  expect(stdout).toContain('a job that depends on them added them up: 6')
  expect(stdout).toMatch(/“clock” runs .*, next at 2.*; by hand now: 2/)
  expect(stdout).toContain('wrote squares.txt (“9 16 25”): numbers.txt, squares.txt')
  expect(stdout).toMatch(/curl -d a=40 -d b=2 http:\S+ {2}→ {2}42/)
  // One more where a minute turned meanwhile.
  expect(stdout).toMatch(/All of it were [78] jobs:/)
  expect(stdout).not.toMatch(/\b(error|killed|stalled)\b/)
  expect(stdout).toMatch(/The service has stopped\.\n$/)
})
