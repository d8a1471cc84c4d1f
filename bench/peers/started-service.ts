import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { spawnBound, stopBound } from './daemon.ts'

const program = fileURLToPath(new URL('../../dist/bin/picloud.js', import.meta.url))

/** Our own service as its users start it, in a process of its own. */
export interface StartedService {
  readonly url: string
  /** Its first key, where this start made it: the folder's first. */
  readonly key: string
  readonly secret: string
  /** Seconds from the start of the process until it has said where it answers. */
  readonly took: number
  stop(): Promise<void>
}

export async function startService(folder: string, ...more: readonly string[]): Promise<StartedService> {
  const args = ['--json', 'local', '--data', folder, '--port', '0', ...more]
  const environment = { ...process.env, PICLOUD_CONFIG: `${folder}/config.json` }
  const began = performance.now()
  const service = spawnBound(process.execPath, [program, ...args], { env: environment })
  service.stderr?.resume()
  let said = ''
  for await (const part of (service.stdout as Readable).iterator({ destroyOnReturn: false })) {
    said += String(part)
    if (said.trimEnd().endsWith('}')) break
  }
  const took = (performance.now() - began) / 1_000
  const { url, key, secret } = JSON.parse(said)
  return { url, key: String(key), secret, took, stop: () => stopBound(service) }
}
