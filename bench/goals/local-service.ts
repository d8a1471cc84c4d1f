import type { Contestant, Goal, Scale } from '../harness/goal.ts'
import { must, secondsOf } from '../harness/time.ts'
import { bullmq, lacksRedis } from '../peers/bullmq.ts'
import { graphileWorker } from '../peers/graphile-worker.ts'
import type { JobQueue, MakeQueue } from '../peers/job-queue.ts'
import { pgBoss } from '../peers/pg-boss.ts'
import { picloudLocal } from '../peers/picloud-local.ts'
import { plainjob } from '../peers/plainjob.ts'
import { lacksPostgres } from '../peers/postgres.ts'

const CLIENTS = 50
/** What is compared: as the service runs by default. */
const ours = 'picloud local'

type Work = (queue: JobQueue, scale: Scale) => Promise<Readonly<Record<string, number>>>

const contestant =
  (make: MakeQueue, work: Work) =>
  async (scale: Scale): Promise<Contestant> => {
    const queue = await make(scale.workers)
    for (let warm = 0; warm < 2; warm++) await work(queue, scale)
    return { round: () => work(queue, scale), close: () => queue.close() }
  }

const bulk: Work = async (queue, { short }) => {
  const jobs = short ? 200 : 10_000
  return { jobsPerSecond: jobs / (await secondsOf(() => queue.bulk(jobs))) }
}

async function oneByOne(queue: JobQueue, jobs: number): Promise<void> {
  for (let value = 0; value < jobs; value++) must((await queue.one?.(value)) === value, 'a job gives its result')
}

const alone: Work = async (queue, { short }) => {
  const jobs = short ? 10 : 300
  return { latency: (await secondsOf(() => oneByOne(queue, jobs))) / jobs }
}

const together: Work = async (queue, { short }) => {
  const each = short ? 2 : 40
  const clients = Array.from({ length: CLIENTS }, () => each)
  const seconds = await secondsOf(() => Promise.all(clients.map(jobs => oneByOne(queue, jobs))))
  return { jobsPerSecond: (CLIENTS * each) / seconds }
}

/** What each keeps: `process` is all that was answered when a process ends, `power` also when the machine does. */
const durability = {
  'picloud local': 'process',
  'picloud local, full sync': 'power',
  'BullMQ (50)': 'nothing',
  'BullMQ (2)': 'nothing',
  'graphile-worker': 'power',
  'pg-boss': 'power',
  plainjob: 'process',
}
const lacksForBullmq = { 'BullMQ (50)': lacksRedis, 'BullMQ (2)': lacksRedis }

export const localBulk: Goal = {
  number: 7,
  title: 'Local service: 10,000 no-ops handed in together',
  trials: [
    {
      name: 'bulk',
      rounds: 9,
      durability,
      lacks: { ...lacksForBullmq, 'graphile-worker': lacksPostgres, 'pg-boss': lacksPostgres },
      contestants: {
        'picloud local': contestant(picloudLocal(), bulk),
        'picloud local, full sync': contestant(picloudLocal('--full-sync'), bulk),
        'BullMQ (50)': contestant(bullmq(50), bulk),
        'BullMQ (2)': contestant(bullmq(2), bulk),
        'graphile-worker': contestant(graphileWorker, bulk),
        'pg-boss': contestant(pgBoss, bulk),
        plainjob: contestant(plainjob, bulk),
      },
      bounds: [
        {
          what: 'bulk beside BullMQ (50)',
          metric: 'jobsPerSecond',
          ours,
          against: 'BullMQ (50)',
          atLeast: 10,
          noise: 0.2,
        },
        {
          what: 'bulk beside graphile-worker',
          metric: 'jobsPerSecond',
          ours,
          against: 'graphile-worker',
          atLeast: 4,
          noise: 0.2,
        },
        { what: 'bulk beside plainjob', metric: 'jobsPerSecond', ours, against: 'plainjob', atLeast: 8, noise: 0.2 },
      ],
    },
  ],
}

/** BullMQ runs its jobs in its own process, ours go to another: latency and many clients are compared all the same. */
export const localCalls: Goal = {
  number: 8,
  title: 'Local service: jobs one by one',
  trials: [
    {
      name: 'round trip',
      rounds: 9,
      durability,
      lacks: lacksForBullmq,
      contestants: {
        'picloud local': contestant(picloudLocal(), alone),
        'picloud local, full sync': contestant(picloudLocal('--full-sync'), alone),
        'BullMQ (50)': contestant(bullmq(50), alone),
        'BullMQ (2)': contestant(bullmq(2), alone),
      },
      bounds: [
        {
          what: 'round trip beside BullMQ (50)',
          metric: 'latency',
          ours,
          against: 'BullMQ (50)',
          atMost: 0.8,
          noise: 0.2,
        },
      ],
    },
    {
      name: '50 clients',
      rounds: 9,
      durability,
      lacks: lacksForBullmq,
      contestants: {
        'picloud local': contestant(picloudLocal(), together),
        'BullMQ (50)': contestant(bullmq(50), together),
        'BullMQ (2)': contestant(bullmq(2), together),
      },
      bounds: [
        {
          what: '50 clients beside BullMQ (50)',
          metric: 'jobsPerSecond',
          ours,
          against: 'BullMQ (50)',
          atLeast: 1.5,
          noise: 0.2,
        },
      ],
    },
  ],
}
