import { createConnection } from 'node:net'
import { join } from 'node:path'
import { Queue, QueueEvents, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { folderFor, startDaemon } from './daemon.ts'
import { createCounter, type MakeQueue } from './job-queue.ts'

/** Jobs that its worker runs at once, in its own process: what its authors advise for short ones. */
const CONCURRENCY = 50

/** BullMQ over Redis without persistence, as `redis-server` of Debian comes from `apt-get install redis-server`. */
export const bullmq: MakeQueue = async () => {
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
    concurrency: CONCURRENCY,
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
