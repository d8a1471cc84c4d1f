import { fileURLToPath } from 'node:url'
import type { Pool } from './pool.ts'

/** Child processes, as cloud.mp's, with the serialization that takes more than JSON. */
export async function workerpool(workers: number): Promise<Pool> {
  const { default: peer } = await import('workerpool')
  const pool = peer.pool(fileURLToPath(new URL('workerpool-worker.ts', import.meta.url)), {
    workerType: 'process',
    forkOpts: { serialization: 'advanced' },
    minWorkers: workers,
    maxWorkers: workers,
  })
  return { run: async (name, argument) => pool.exec(name, [argument]), close: async () => pool.terminate() }
}
