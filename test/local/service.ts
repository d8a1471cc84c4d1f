import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readUserFile } from '../../lib/client/config/config-file.ts'
import { type Cloud, connect } from '../../lib/index.ts'

const program = fileURLToPath(new URL('../../bin/picloud.ts', import.meta.url))

export interface ServiceOptions {
  readonly folder: string
  /** Default: any that is free. */
  readonly port?: number
  readonly workers?: number
  /** More arguments of `picloud local`. */
  readonly args?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** A running `picloud local`. */
export interface Service {
  readonly url: string
  readonly port: number
  readonly process: ChildProcess
  /** All that it printed. */
  output(): string
  /** A client with the key of its first start. */
  client(): Cloud
  /** Tells it to end, and resolves to its exit code once it has. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

const configOf = (folder: string): string => join(folder, 'config.json')

/** Starts `picloud local` as a process, with a configuration of its own beside its data. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { folder, port: wanted = 0, workers = 2 } = options
  const started = spawnService(options, ['--port', String(wanted), '--workers', String(workers)])
  await Promise.race([started.said('stops it'), started.ended])
  const url = /answers at (http:\S+)/.exec(started.output())?.[1]
  if (url === undefined) throw new Error(`picloud local did not start: ${started.output()}`)
  return {
    url,
    port: Number(new URL(url).port),
    process: started.process,
    output: started.output,
    client() {
      const { key = '', secret = '' } = readUserFile(() => undefined, configOf(folder))
      return connect({ url, key, secret })
    },
    async stop(signal = 'SIGTERM') {
      started.process.kill(signal)
      return await started.ended
    },
  }
}

export interface Started {
  readonly process: ChildProcess
  output(): string
  /** Once it printed this. */
  said(text: string): Promise<void>
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>
}

export function spawnService(
  { folder, args = [], environment }: ServiceOptions,
  more: readonly string[] = [],
): Started {
  const child = spawn(process.execPath, [program, 'local', '--data', folder, ...more, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PICLOUD_CONFIG: configOf(folder), ...environment },
  })
  let output = ''
  let heard: (() => void)[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => {
      output += part
      for (const listener of heard) listener()
    })
  }
  return {
    process: child,
    output: () => output,
    said: text =>
      new Promise(resolve => {
        const listener = (): void => {
          if (!output.includes(text)) return
          heard = heard.filter(one => one !== listener)
          resolve()
        }
        heard.push(listener)
        listener()
      }),
    ended: new Promise(resolve => child.once('close', code => resolve(code))),
  }
}

/** A service in a folder of its own, both gone after `close`. */
export async function serviceOfItsOwn(options: Omit<ServiceOptions, 'folder'> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'picloud-service-'))
  const service = await startService({ ...options, folder })
  return {
    ...service,
    folder,
    async close() {
      await service.stop('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
