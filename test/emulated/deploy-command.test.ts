import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { readUserFile } from '../../lib/client/config/config-file.ts'
import { connect } from '../../lib/index.ts'
import { awsEnvironment } from './emulator/cdk.ts'
import { emptyBuckets } from './emulator/empty-buckets.ts'
import { startHostProxy } from './emulator/host-proxy.ts'

const deployment = inject('deployment')
const program = fileURLToPath(new URL('../../bin/picloud.ts', import.meta.url))
const root = dirname(dirname(program))

/** Beside the stack of the other tests, and named unlike it. */
const STACK = 'PiCloudByCommand'
const architecture = process.arch === 'x64' ? 'x86_64' : 'arm64'
const executor = { architecture, timeout: 60, storage: 512, scaling: { maxConcurrency: 2 }, burst: 0 }
const options = JSON.stringify({
  removalPolicy: 'destroy',
  executor,
  highCpuExecutor: { scaling: { maxConcurrency: 2 } },
})

interface Command {
  readonly process: ChildProcess
  output(): string
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>
}

interface Running {
  readonly parent: number
  readonly group: number
  readonly args: string
}

function running(): Running[] {
  const lines = execFileSync('ps', ['-A', '-o', 'ppid=,pgid=,args='], { encoding: 'utf8' }).split('\n')
  return lines.flatMap(line => {
    const [, parent, group, args = ''] = /^ *(\d+) +(\d+) +(.*)$/.exec(line) ?? []
    return parent === undefined ? [] : { parent: Number(parent), group: Number(group), args }
  })
}

const startedBy = ({ process: { pid } }: Command) =>
  running().filter(({ parent, args }) => parent === pid && args.includes('aws-cdk'))
const inGroup = (one: number) => running().flatMap(({ group, args }) => (group === one ? args : []))

describe.skipIf(deployment === undefined)('picloud deploy', () => {
  const { endpoint = '', certificate = '' } = deployment ?? {}
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'picloud-deploy-'))
  })

  afterAll(() => rm(folder, { recursive: true }))

  function start(what: 'deploy' | 'destroy' | 'setup', args: readonly string[] = []): Command {
    const child = spawn(process.execPath, [program, what, '--stack', STACK, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
        HOME: process.env['HOME'],
        PICLOUD_CONFIG: join(folder, 'config.json'),
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        NODE_EXTRA_CA_CERTS: certificate,
        ...awsEnvironment(endpoint),
      },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', part => (output += part))
    const ended = new Promise<number | null>(resolve => child.once('close', resolve))
    return { process: child, output: () => output, ended }
  }

  const cdkFlags = () => ['--no-color', '--no-notices', '--progress', 'events', '-o', join(folder, 'cdk.out')]
  const change = (what: 'deploy' | 'destroy') => {
    const approval = what === 'deploy' ? ['--require-approval', 'never'] : []
    return start(what, ['--options', options, '--', ...approval, ...cdkFlags()])
  }
  const config = () => readUserFile(() => undefined, join(folder, 'config.json'))

  test('cut short it leaves nothing running, and is taken up; a key that works; destroyed', async () => {
    const times = [
      {
        what: 'the stack’s program runs',
        isThere: (_: Command, run: string[]) => run.some(args => args.includes('app.ts')),
      },
      { what: 'AWS makes the stack', isThere: ({ output }: Command) => output().includes('CREATE_IN_PROGRESS') },
    ]
    for (const { what, isThere } of times) {
      const deploy = change('deploy')
      await expect.poll(() => startedBy(deploy), { timeout: 60_000, interval: 20 }).not.toEqual([])
      const [{ group = 0 } = {}] = startedBy(deploy)
      const isTime = () => isThere(deploy, inGroup(group))
      await expect.poll(isTime, { message: what, timeout: 60_000, interval: 20 }).toBe(true)
      deploy.process.kill('SIGINT')
      expect(await deploy.ended, what).toBe(130)
      expect(deploy.output()).toContain(`The deploy of ${STACK} was interrupted: AWS goes on by itself`)
      await expect.poll(() => inGroup(group), { message: what, timeout: 5_000 }).toEqual([])
      expect(config()).toEqual({})
    }

    const first = change('deploy')
    expect(await first.ended, first.output()).toBe(0)
    const { url = '', key = '', secret = '' } = config()
    expect(first.output()).toContain(`${STACK}.PiCloudUrl = ${url}`)
    expect(first.output()).toContain(`config.json now names ${url} and key ${key}.`)
    expect(first.output()).not.toContain(secret)

    const second = change('deploy')
    expect(await second.ended, second.output()).toBe(0)
    expect(second.output()).toContain('(no changes)')

    await rm(join(folder, 'config.json'))
    const setup = start('setup')
    expect(await setup.ended, setup.output()).toBe(0)
    expect(config()).toEqual(expect.objectContaining({ url, key, secret }))
    // The emulator's address has a name that no resolver knows.
    await using proxy = await startHostProxy(url, certificate)
    await using cloud = connect({ url: proxy.url, key, secret })
    expect(await cloud.call((x: number) => x + 1, 41).result()).toBe(42)
    await emptyBuckets(endpoint, STACK)
    const destroy = change('destroy')
    expect(await destroy.ended, destroy.output()).toBe(0)
    const gone = start('setup')
    expect(await gone.ended).toBe(4)
    expect(gone.output()).toContain(`There is no stack ${STACK}`)
  }, 240_000)
})
