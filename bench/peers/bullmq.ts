import { spawnSync } from 'node:child_process'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { Queue, QueueEvents, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { folderFor, startDaemon } from './daemon.ts'
import { createCounter, type MakeQueue } from './job-queue.ts'

/**
 * BullMQ over Redis without persistence, as Debian's package brings it.
 * @param concurrency jobs that its worker runs at once, in its own process: 50 is what its authors advise for short ones
 */
export const bullmq =
  (concurrency: 2 | 50): MakeQueue =>
  async () => {
    const folder = folderFor('redis')
    const path = join(folder, 'socket')
    const args = ['--port', '0', '--unixsocket', path, '--save', '', '--appendonly', 'no', '--dir', folder]
    const redis = await startDaemon({ folder, command: 'redis-server', args, answers: () => connects(path) })
    const connections: Redis[] = []
    const connection = (): Redis => {
      const made = new Redis({ path, maxRetriesPerRequest: null })
      connections.push(made)
      return made
    }
    const counter = createCounter()
    const queue = new Queue<{ value: number }>('bench', { connection: connection() })
    const events = new QueueEvents('bench', { connection: connection() })
    const worker = new Worker<{ value: number }>('bench', async job => job.data.value, {
      connection: connection(),
      concurrency,
    })
    // Each job that is waited for listens.
    for (const emitter of [queue, events]) emitter.setMaxListeners(0)
    worker.on('completed', () => counter.ran())
    await Promise.all([queue.waitUntilReady(), events.waitUntilReady(), worker.waitUntilReady()])
    const options = { removeOnComplete: true }
    return {
      async bulk(count) {
        const all = counter.expect(count)
        await queue.addBulk(
          Array.from({ length: count }, (_, value) => ({ name: 'noOp', data: { value }, opts: options })),
        )
        await all
      },
      async one(value) {
        return await (await queue.add('noOp', { value })).waitUntilFinished(events)
      },
      async close() {
        await Promise.all([worker.close(), events.close(), queue.close()])
        for (const one of connections) one.disconnect()
        await redis.stop()
      },
    }
  }

/** Why it can't run here; undefined: it can. */
export function lacksRedis(): string | undefined {
  if (spawnSync('redis-server', ['--version']).status === 0) return undefined
  return 'Redis is not installed (apt-get install redis-server)'
}

function connects(path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path)
    socket.once('error', reject)
    socket.once('connect', () => {
      socket.destroy()
      resolve()
    })
  })
}
