import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { appCommand, cdkArguments } from '../../../lib/cli/deploy/cdk.ts'
import { run } from '../run.ts'

test('deploy names the stack, and hands on what it is told', () => {
  expect(cdkArguments('deploy', 'node app.js', { stack: 'Mine', more: ['--profile', 'work'] })).toEqual([
    'deploy',
    '--app',
    'node app.js',
    '-c',
    'stack=Mine',
    '--profile',
    'work',
  ])
})

test('options go by context; destroy does not ask', () => {
  const options = '{"endpoint":"function-url"}'
  expect(cdkArguments('destroy', 'node app.js', { stack: 'Mine', options, more: [] })).toEqual([
    'destroy',
    '--app',
    'node app.js',
    '-c',
    'stack=Mine',
    '-c',
    `picloud=${options}`,
    '--force',
  ])
})

test('CDK’s own command starts the program that it is told, wherever that is', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'picloud-cdk-')), 'Ada’s "own" $HOME, it\'s')
  await mkdir(folder)
  try {
    const app = join(folder, 'app.mjs')
    await writeFile(app, "import { writeFileSync } from 'node:fs'\nwriteFileSync('ran', 'yes')\nprocess.exit(3)\n")
    const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk')
    const args = cdkArguments('deploy', appCommand(process.execPath, app), { stack: 'Mine', more: ['--no-notices'] })
    const env = { ...process.env, AWS_EC2_METADATA_DISABLED: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' }
    const ended = promisify(execFile)(process.execPath, [cdk, ...args], { cwd: folder, env })
    await expect(ended).rejects.toMatchObject({ stderr: expect.stringContaining('exited with error 3') })
    expect(await readFile(join(folder, 'ran'), 'utf8')).toBe('yes')
  } finally {
    await rm(join(folder, '..'), { recursive: true })
  }
})

test('options that are no JSON are refused before anything starts', async () => {
  const { code, error } = await run(['deploy', '--options', '{bad'])
  expect([code, error]).toEqual([2, expect.stringContaining('--options is no JSON')])
})
