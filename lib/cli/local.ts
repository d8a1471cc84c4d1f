import { constants, homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { env } from 'node:process'
import { parseArgs } from 'node:util'
import { configPath, readUserFile, saveConfig } from '../client/config-file.ts'
import type { LocalService } from '../local/assemble.ts'
import type { Key } from '../local/keys.ts'
import { CloudException } from '../protocol/errors.ts'
import type { Output } from './main.ts'

/** Where the service answers by default. */
const PORT = 7427
const HOST = '127.0.0.1'
/** Seconds that jobs have to end: whoever ends services, as Docker does, mostly kills those that take more than ten. */
const GRACE = 8
const MAX_PORT = 65_535
const MAX_WORKERS = 1_000
const MAX_GRACE = 86_400
/** What asks a process to end: the system, Ctrl-C, a terminal that is closed. */
const STOPS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

export const localUsage = `Usage: picloud local [--data DIR] [--port N] [--workers N] [--host ADDRESS]
                     [--grace SECONDS] [--full-sync]

Runs the service on this machine, until Ctrl-C: jobs, in processes of this machine, kept in one folder.

  --data       where everything is kept; default: picloud in your folder for data (XDG_DATA_HOME)
  --port       where it answers; default ${PORT}, 0 for any that is free
  --workers    jobs that run at once; default: one a core
  --host       the address to answer at; default ${HOST}, which only programs of this machine reach
  --grace      seconds that running jobs have to end when it stops; default ${GRACE}. The rest runs again at the next start
  --full-sync  what was accepted also survives a loss of power; each write then waits for the disk
  --help       this
`

/** Runs the service until it is told to stop; resolves to the exit code. */
export async function local(args: readonly string[], output: Output): Promise<number> {
  const given = parse(args)
  if (typeof given === 'string') {
    output.error(`${given}\n\n${localUsage}`)
    return 2
  }
  if (given === undefined) {
    output.out(localUsage)
    return 0
  }
  try {
    // Loaded when it is needed: no other command waits for it.
    const { assemble } = await import('../local/assemble.ts')
    const service = await assemble(given)
    const stopping = stopAsked()
    greet(output, service, given)
    await stopping
    output.out(`Stopping: running jobs have ${given.grace} s to end. Ctrl-C again stops at once.\n`)
    await service.stop(1_000 * given.grace)
    return 0
  } catch (caught) {
    const known = CloudException.isCloudException(caught)
    output.error(`picloud local failed: ${known ? caught.message : String(caught)}\n`)
    return 1
  }
}

interface Given {
  readonly folder: string
  readonly host: string
  readonly port: number
  readonly workers?: number
  /** Seconds. */
  readonly grace: number
  readonly fullSync: boolean
}

/** What is wrong with them, as text; undefined where help was asked for. */
function parse(args: readonly string[]): Given | string | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        port: { type: 'string', default: String(PORT) },
        workers: { type: 'string' },
        host: { type: 'string', default: HOST },
        grace: { type: 'string', default: String(GRACE) },
        'full-sync': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
    })
    if (values.help === true) return undefined
    const { data: folder = dataFolder(), host, 'full-sync': fullSync } = values
    const port = numberFrom('--port', values.port, 0, MAX_PORT)
    const workers = values.workers === undefined ? undefined : numberFrom('--workers', values.workers, 1, MAX_WORKERS)
    const grace = numberFrom('--grace', values.grace, 0, MAX_GRACE)
    return { folder: resolve(folder), host, port, grace, ...(workers !== undefined && { workers }), fullSync }
  } catch (caught) {
    return (caught as Error).message
  }
}

function numberFrom(option: string, text: string, least: number, most: number): number {
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (value >= least && value <= most) return value
  throw new Error(`${option} is “${text}”: it takes a number from ${least} to ${most}.`)
}

function dataFolder(): string {
  const { XDG_DATA_HOME: folder } = env
  return join(folder !== undefined && folder !== '' ? folder : join(homedir(), '.local', 'share'), 'picloud')
}

function greet({ out }: Output, { url, firstKey }: LocalService, { folder, host }: Given): void {
  out(`PiCloud answers at ${url}\nIts data is in ${folder}\n`)
  if (!isLoopback(host)) {
    out(
      `Whoever reaches ${host} can talk to it, unencrypted: with a key they run programs on this machine as you. Let only ` +
        'a network that you trust reach it, or put a proxy with TLS before it.\n',
    )
  }
  if (firstKey !== undefined) out(`${aboutKey(url, firstKey)}\n`)
  out('Ctrl-C stops it.\n')
}

/** The secret is seen once: here, and in the user's file, unless that is about another service. */
function aboutKey(url: string, { id, secret }: Key): string {
  const made = `Its first key is ${id}, with the secret ${secret}, which is shown only now`
  const file = configPath()
  const { url: other } = readUserFile(() => undefined, file)
  if (other !== undefined && other !== url) {
    return `${made}. ${file} is about ${other} and stays so; to use this service set
  PICLOUD_URL=${url} PICLOUD_API_KEY=${id} PICLOUD_API_SECRETKEY=${secret}`
  }
  saveConfig({ url, key: String(id), secret }, file)
  return `${made}. It is in ${file}, so that this works:
  import cloud from 'picloud'
  console.log(await cloud.call(() => 'hello').result())`
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.[0-9]{1,3}){3}$/.test(host)
}

/** Resolves when the process is told to end; told once more, it ends at once. */
function stopAsked(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of STOPS) {
      process.once(signal, () => {
        for (const again of STOPS) process.once(again, () => process.exit(128 + constants.signals[again]))
        resolve()
      })
    }
  })
}
