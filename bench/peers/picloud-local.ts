import { rmSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { loadCloud } from '../harness/picloud.ts'
import { folderFor, spawnBound, stopBound } from './daemon.ts'
import type { MakeQueue } from './job-queue.ts'
import { noOp } from './jobs.ts'

const program = fileURLToPath(new URL('../../dist/bin/picloud.js', import.meta.url))

/** Our own service as its users start it, in a process of its own, over HTTP; SQLite in WAL with the given synchronous. */
export const picloudLocal =
  (...more: readonly string[]): MakeQueue =>
  async workers => {
    const folder = folderFor('local')
    const args = ['--json', 'local', '--data', folder, '--port', '0', '--workers', String(workers), ...more]
    const environment = { ...process.env, PICLOUD_CONFIG: `${folder}/config.json` }
    const service = spawnBound(process.execPath, [program, ...args], { env: environment })
    service.stderr?.resume()
    let said = ''
    for await (const part of (service.stdout as Readable).iterator({ destroyOnReturn: false })) {
      said += String(part)
      if (said.trimEnd().endsWith('}')) break
    }
    const { url, key, secret } = JSON.parse(said)
    const cloud = (await loadCloud()).connect({ url, key: String(key), secret })
    return {
      async bulk(count) {
        const items = Array.from({ length: count }, (_, value) => value)
        await cloud.result(await cloud.map(noOp, items))
      },
      one: async value => await cloud.result(await cloud.call(noOp, value)),
      async close() {
        await cloud.close()
        await stopBound(service)
        rmSync(folder, { recursive: true, force: true })
      },
    }
  }
