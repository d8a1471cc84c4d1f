import { fileURLToPath } from 'node:url'
import type { Pool } from './pool.ts'

/** Child processes, as cloud.mp's, with the serialization that takes more than JSON. */
export async function tinypool(workers: number): Promise<Pool> {
  const { Tinypool } = await import('tinypool')
  const pool = new Tinypool({
    filename: fileURLToPath(new URL('jobs.ts', import.meta.url)),
    runtime: 'child_process',
    serialization: 'advanced',
    minThreads: workers,
    maxThreads: workers,
  })
  return { run: (name, argument) => pool.run(argument, { name }), close: () => pool.destroy() }
}
