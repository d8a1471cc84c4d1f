import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { run } from './run.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-cli-'))
  vi.stubEnv('PICLOUD_CONFIG', join(folder, 'config.json'))
  for (const name of ['PICLOUD_URL', 'PICLOUD_API_KEY', 'PICLOUD_API_SECRETKEY']) vi.stubEnv(name, undefined)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

test('--help lists the commands, and each explains itself', async () => {
  const { code, out } = await run(['--help'])
  expect(code).toBe(0)
  const commands = [...out.matchAll(/^ {2}([a-z]+)(?: |$)/gm)].map(match => match[1] as string)
  expect(commands).toEqual(expect.arrayContaining(['setup', 'run', 'map', 'jobs', 'status', 'result', 'why', 'config']))
  for (const command of commands.filter(name => name !== 'picloud' && name !== 'help')) {
    const own = await run([command, '--help'])
    expect([command, own.code]).toEqual([command, 0])
    expect(own.out).toContain(`Usage: picloud ${command}`)
  }
})

test('--version prints that of the package', async () => {
  const { version } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'))
  expect(await run(['--version'])).toEqual({ code: 0, out: `${version}\n`, error: '' })
})

test.each([
  [['nothing'], 'unknown command'],
  [['stauts', '1'], 'Did you mean status?'],
  [['setup', 'more'], 'too many arguments'],
  [['setup', '--what'], 'unknown option'],
  [['setup', '--stack'], 'argument missing'],
  [['status'], 'missing required argument'],
  [['status', 'one'], 'is no jid'],
  [['why', '1-2'], 'several jobs'],
  [['jobs', '--limit', '0'], 'positive integer'],
  [['jobs', '--since', 'soon'], 'a date'],
  [['jobs', '--status', 'well'], 'Allowed choices'],
  [['info', '1', '--keys', 'nothing'], 'Keys are'],
  [['config', 'set', 'wrokers', '1'], 'Allowed choices'],
])('%j is not understood', async (args, why) => {
  const { code, out, error } = await run(args)
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(error).toContain(why)
  expect(error).toContain('Usage:')
})

test('a command line that is not understood is told by its own usage alone; with --json as JSON', async () => {
  const { error } = await run(['keys', 'create', '--scopes'])
  expect(error.trimEnd().split('\n')).toEqual([
    expect.stringContaining('argument missing'),
    '',
    'Usage: picloud keys create [options]',
    'picloud keys create --help says more.',
  ])
  const { code, error: document } = await run(['status', 'one', '--json'])
  expect(code).toBe(2)
  expect(JSON.parse(document)).toEqual({
    error: {
      code: 'invalid-argument',
      message: expect.stringContaining('“one” is no jid'),
      hint: 'Usage: picloud status [options] <jids>',
    },
  })
})

test.each([
  [[], 'missing required argument'],
  [['tcsh'], 'Allowed choices are bash, zsh, fish.'],
])('complete %j is a misuse', async (shell, message) => {
  const { code, error } = await run(['complete', ...shell])
  expect(code).toBe(2)
  expect(error).toContain(message)
  expect(error).toContain('picloud complete --help says more.')
})

test('without settings it says what to do; with --json as JSON', async () => {
  const plain = await run(['status', '1'])
  expect(plain.code).toBe(1)
  expect(plain.error).toContain('picloud setup')
  const forPrograms = await run(['status', '1', '--json'])
  expect(JSON.parse(forPrograms.error)).toMatchObject({ error: { code: 'not-configured' } })
})

describe('run and map', () => {
  beforeEach(async () => {
    await writeFile(
      join(folder, 'double.ts'),
      'export default (x: number): number => 2 * x\nexport function hello(name: string): string { return "hello " + name }\n' +
        'export const fails = (): never => { throw new Error("no luck") }\nexport const three = 3\n',
    )
  })

  test('call what a file exports, with arguments as JSON or text', async () => {
    const file = join(folder, 'double.ts')
    expect(await run(['run', '--simulate', file, '21'])).toEqual({ code: 0, out: '42\n', error: '' })
    expect((await run(['run', '--simulate', file, '--export', 'hello', 'Ada'])).out).toBe('hello Ada\n')
  })

  test('map prints a result an item, also from standard input', async () => {
    const file = join(folder, 'double.ts')
    const lines = { input: async () => '3\n4\n' }
    expect((await run(['map', '--simulate', file, '1', '--items', '-'], lines)).out).toBe('1: 2\n2: 6\n3: 8\n')
    const { out } = await run(['map', '--simulate', '--json', file, '1', '5'])
    expect(JSON.parse(out)).toEqual([
      { jid: 1, status: 'done', result: 2 },
      { jid: 2, status: 'done', result: 10 },
    ])
    expect(await run(['map', '--simulate', file])).toEqual({ code: 0, out: '', error: '' })
  })

  test('a job that fails is told, with an exit code of its own', async () => {
    const { code, error } = await run(['run', '--simulate', join(folder, 'double.ts'), '--export', 'fails'])
    expect(code).toBe(3)
    expect(error).toMatch(/^Job \d+: no luck\n {4}at fails \(\S+double\.ts:3:\d+\)\n/)
    const { out } = await run(['run', '--simulate', '--json', join(folder, 'double.ts'), '--export', 'fails'])
    const [{ stack }] = JSON.parse(out) as [{ stack: string }]
    expect(stack).toMatch(/^ {4}at fails \(\S+double\.ts:3:/)
  })

  test('jobs of a map that fail in one place name it once', async () => {
    const { error } = await run(['map', '--simulate', join(folder, 'double.ts'), '--export', 'fails', '1', '2', '3'])
    expect(error.match(/no luck/g)).toHaveLength(3)
    expect(error.match(/double\.ts:3:/g)).toHaveLength(1)
  })

  test.each([
    [['nowhere.ts'], 'There is no file'],
    [['double.ts', '--export', 'nothing'], 'It exports default, fails, hello'],
    [['double.ts', '--export', 'three'], 'exports no function three'],
  ])('%j is not found', async ([file = '', ...rest], why) => {
    const { code, error } = await run(['run', '--simulate', join(folder, file), ...rest])
    expect(code).toBe(4)
    expect(error).toContain(why)
  })
})

describe('config', () => {
  test('sets, shows and takes back, and never shows the secret', async () => {
    expect((await run(['config', 'set', 'workers', '3'])).code).toBe(0)
    expect((await run(['config', 'set', 'secret', '-'], { input: async () => 'hush\n' })).code).toBe(0)
    const { out } = await run(['config', '--json'])
    expect(JSON.parse(out)).toEqual(
      expect.arrayContaining([
        { name: 'workers', value: 3, source: 'user' },
        { name: 'secret', value: '(hidden)', source: 'user' },
        { name: 'url', source: 'default' },
      ]),
    )
    await run(['config', 'unset', 'workers'])
    expect((await run(['config', 'list'])).out).not.toMatch(/workers +3/)
    expect((await run(['config', 'path'])).out).toBe(`${join(folder, 'config.json')}\n`)
  })

  test('refuses what the option does not take', async () => {
    const { code, error } = await run(['config', 'set', 'workers', '0'])
    expect(code).toBe(2)
    expect(error).toContain('an integer from 1 to 1024')
  })
})

test('Ctrl-C says what becomes of the jobs', async () => {
  const file = join(folder, 'long.mjs')
  await writeFile(file, 'export default () => new Promise(resolve => setTimeout(resolve, 60_000))')
  const { code, error } = await run(['run', file, '--simulate'], { signal: AbortSignal.timeout(1) })
  expect([code, error]).toEqual([130, 'Interrupted. The jobs end with this command.\n'])
})

describe('as a program', () => {
  const program = fileURLToPath(new URL('../../bin/picloud.ts', import.meta.url))
  const start = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args])

  test.each([
    ['23.11.1', /^PiCloud needs Node 24 or later; this is 23\.11\.1 \(.+\)\.\n$/],
    ['24.0.0', undefined],
    ['100.0.0', undefined],
  ])('under Node %s', async (version, refusal) => {
    const older = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`
    const args = ['--import', `data:text/javascript,${encodeURIComponent(older)}`, program, '--version']
    const ended = promisify(execFile)(process.execPath, args)
    if (refusal === undefined) expect((await ended).stdout).toMatch(/^\d+\.\d+\.\d+/)
    else await expect(ended).rejects.toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(refusal) })
  })

  test.each(['bash', 'zsh', 'fish'])('completes in %s', async shell => {
    const { stdout } = await start('complete', shell)
    expect(stdout).toContain('picloud')
  })

  test('completes commands and their options', async () => {
    expect((await start('complete', '--', 'st')).stdout).toMatch(/^status\t/m)
    expect((await start('complete', '--', 'jobs', '--sta')).stdout).toMatch(/^--status/m)
    expect((await start('complete', '--', 'config', '')).stdout).toMatch(/^unset/m)
  })

  test('completes in a bash of its own, without the package bash-completion', async () => {
    await writeFile(join(folder, 'picloud'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`, {
      mode: 0o755,
    })
    const complete = `source <(picloud complete bash)
compopt() { :; }
COMP_WORDS=(picloud jobs --sta) COMP_CWORD=2
__picloud_complete
echo "\${COMPREPLY[@]}"`
    const env = { PATH: `${folder}:${process.env['PATH']}` }
    const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-c', complete], { env })
    expect([stdout, stderr]).toEqual(['--status\n', ''])
  })
})
