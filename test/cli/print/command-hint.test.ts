import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { commandHint, commandMessage } from '../../../lib/cli/print/command-hint.ts'

test.each([
  ['cloud.cron.list() tells what there is.', '`picloud cron list` tells what there is.'],
  ['cloud.account.apiKeys() lists those.', '`picloud keys list` lists those.'],
  [
    'Install it, `cloud.env.create(name, { packages })`, and call with `cloud.with({ env: name })`.',
    'Install it, `picloud env create NAME PACKAGES…`, and call with `--env NAME`.',
  ],
  ['Start one with `picloud local`.', 'Start one with `picloud local`.'],
])('%s', (hint, here) => {
  expect(commandHint(hint)).toBe(here)
  expect(commandMessage(`It failed. ${hint}`, hint)).toBe(`It failed. ${here}`)
})

test('what a message says besides its hint stays: it may be of a user', () => {
  expect(commandMessage('cloud.cron.list() failed.', undefined)).toBe('cloud.cron.list() failed.')
  expect(commandMessage('cloud.cron.list() failed. Try again.', 'Try again.')).toBe(
    'cloud.cron.list() failed. Try again.',
  )
})

/** Calls of parts of a cloud that there are commands for. */
const call = /hint:[^\n]*?([`\w ]*cloud\.(?:cron|env|account|setkey|with)\b[^\n]*)/g

test('each hint of ours that calls what a command does too has its words here', async () => {
  const found: string[] = []
  for await (const file of glob('lib/{client,engine,http,closure}/**/*.ts')) {
    for (const [, hint = ''] of readFileSync(file, 'utf8').matchAll(call)) found.push(hint)
  }
  expect(found.length).toBeGreaterThan(0)
  for (const hint of found) expect(commandHint(hint)).not.toMatch(/cloud\.(?:cron|env|account|setkey|with)\b/)
})
