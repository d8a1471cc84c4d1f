import { spawnSync } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const script = fileURLToPath(new URL('../../scripts/require-node.mjs', import.meta.url))

let home: string

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'picloud-node-'))
  await mkdir(join(home, 'scripts'))
  await copyFile(script, join(home, 'scripts/require-node.mjs'))
})

afterEach(() => rm(home, { recursive: true, force: true }))

/** Runs the script in a project of its own, in a Node that gives itself out for another version. */
function runAs(version: string): { status: number | null; stderr: string } {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`
  const preload = `data:text/javascript,${encodeURIComponent(pretend)}`
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', preload, join(home, 'scripts/require-node.mjs')],
    {
      encoding: 'utf8',
    },
  )
  return { status, stderr }
}

test.each(['24.0.0', '24.21.0', '26.1.0', '100.0.0'])('Node %s is taken without a word', version => {
  expect(runAs(version)).toEqual({ status: 0, stderr: '' })
})

test.each(['23.11.1', '20.20.2', '9.0.0'])('Node %s is refused, and npm ci named as the cure', version => {
  const { status, stderr } = runAs(version)
  expect(status).toBe(1)
  expect(stderr).toContain('need Node 24 or later')
  expect(stderr).toContain('npm ci --ignore-scripts=false')
})

test('where the pinned Node is installed, npm run is named as the cure', async () => {
  await mkdir(join(home, 'node_modules/node/bin'), { recursive: true })
  await writeFile(join(home, 'node_modules/node/bin/node'), '')
  const { status, stderr } = runAs('20.20.2')
  expect(status).toBe(1)
  expect(stderr).toContain('npm run <script>')
  expect(stderr).not.toContain('npm ci')
})
