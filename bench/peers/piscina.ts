import { fileURLToPath } from 'node:url'
import type { Pool } from './pool.ts'

/** Threads: it has no processes. */
export async function piscina(workers: number): Promise<Pool> {
  const { Piscina } = await import('piscina')
  const pool = new Piscina({
    filename: fileURLToPath(new URL('jobs.ts', import.meta.url)),
    minThreads: workers,
    maxThreads: workers,
  })
  return { run: (name, argument) => pool.run(argument, { name }), close: () => pool.destroy() }
}
