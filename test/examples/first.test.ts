import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const first = fileURLToPath(new URL('../../examples/first.ts', import.meta.url))

test('the first example prints what the README promises', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [first])
  expect({ stdout, stderr }).toEqual({ stdout: '6\n[ 2, 12, 30 ]\n', stderr: '' })
})
