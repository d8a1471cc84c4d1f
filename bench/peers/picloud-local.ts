import { rmSync } from 'node:fs'
import { loadCloud } from '../harness/picloud.ts'
import { folderFor } from './daemon.ts'
import type { MakeQueue } from './job-queue.ts'
import { noOp } from './jobs.ts'
import { startService } from './started-service.ts'

/** Our own service over HTTP; SQLite in WAL with the given synchronous. */
export const picloudLocal =
  (...more: readonly string[]): MakeQueue =>
  async workers => {
    const folder = folderFor('local')
    const { url, key, secret, stop } = await startService(folder, '--workers', String(workers), ...more)
    const cloud = (await loadCloud()).connect({ url, key, secret })
    return {
      async bulk(count) {
        const items = Array.from({ length: count }, (_, value) => value)
        await cloud.result(await cloud.map(noOp, items))
      },
      one: async value => await cloud.result(await cloud.call(noOp, value)),
      async close() {
        await cloud.close()
        await stop()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  }
