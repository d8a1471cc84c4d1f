import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const tsc = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url))
const project = fileURLToPath(new URL('tsconfig.json', import.meta.url))

// The types alone are the subject: names that stand there only to have a type are not "unused".
test('the public types say what api.test-d.ts expects of them', { timeout: 120_000 }, async () => {
  const { stdout } = await run(process.execPath, [tsc, '--noEmit', '-p', project]).catch(
    (error: { stdout: string }) => error,
  )
  expect(stdout).toBe('')
})
