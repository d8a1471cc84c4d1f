import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { requireNode } from '../../../lib/client/connect/needed-node.ts'
import packageJson from '../../../package.json' with { type: 'json' }

test.each([
  [{ node: '23.11.1' }, 'PiCloud needs Node 24 or later; this is 23.11.1 '],
  [{ node: '9.0.0' }, 'this is 9.0.0 '],
  [{ node: '24.0.0' }, undefined],
  [{ node: '100.0.0' }, undefined],
  [{ node: '22.6.0', bun: '1.2.0' }, undefined],
  [{ node: '20.11.1', deno: '2.0.0' }, undefined],
])('%j', (versions, refusal) => {
  if (refusal === undefined) expect(() => requireNode(versions)).not.toThrow()
  else expect(() => requireNode(versions)).toThrow(expect.objectContaining({ code: 'unsupported' }))
  if (refusal !== undefined) expect(() => requireNode(versions)).toThrow(refusal)
  expect(packageJson.engines.node).toBe('>=24')
})

test.each(['index', 'mp'])('who imports %s with an older one is told so at once', async entry => {
  const url = new URL(`../../../lib/${entry}.ts`, import.meta.url)
  const older = `Object.defineProperty(process.versions, 'node', { value: '20.1.0' })`
  const args = ['--import', `data:text/javascript,${encodeURIComponent(older)}`, fileURLToPath(url)]
  const ended = promisify(execFile)(process.execPath, args)
  await expect(ended).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('PiCloud needs Node 24') })
})
