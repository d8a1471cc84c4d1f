import type { Contestant, Goal, Scale } from '../harness/goal.ts'
import { loadCloud } from '../harness/picloud.ts'
import { must } from '../harness/time.ts'
import { noOp } from '../peers/jobs.ts'

const jobsAt = ({ short }: Scale) => (short ? 2_000 : 1_000_000)

function* numbers(count: number): Generator<number> {
  for (let item = 0; item < count; item++) yield item
}

/** What is alive after a collection: the heap, and the buffers outside of it. */
function aliveBytes(): number {
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Jobs that wait in the queue, so that nothing of them is done or forgotten yet. */
async function queued(scale: Scale): Promise<Contestant> {
  const { mp } = await loadCloud()
  const count = jobsAt(scale)
  await mp.result(await mp.map(noOp, numbers(1_000)))
  return {
    async round() {
      const before = aliveBytes()
      const jids = await mp.with({ startAfter: '10h' }).map(noOp, numbers(count))
      must(jids.count === count, 'every job is taken')
      const grown = aliveBytes() - before
      await mp.kill(jids)
      return { bytesPerJob: grown / count }
    },
    close: async () => void (await mp.close()),
  }
}

/** The items come from a generator, and each result is dropped as soon as it was read. */
async function streamed(scale: Scale): Promise<Contestant> {
  const { mp } = await loadCloud()
  const count = jobsAt(scale)
  await mp.result(await mp.map(noOp, numbers(10_000)))
  return {
    async round() {
      globalThis.gc?.()
      const before = process.memoryUsage.rss()
      let most = before
      const watching = setInterval(() => {
        most = Math.max(most, process.memoryUsage.rss())
      }, 20)
      let sum = 0
      const began = performance.now()
      for await (const value of mp.map(noOp, numbers(count))) sum += value
      const seconds = (performance.now() - began) / 1_000
      clearInterval(watching)
      must(sum === (count * (count - 1)) / 2, 'every result arrives once')
      return { grownBytes: Math.max(most, process.memoryUsage.rss()) - before, jobsPerSecond: count / seconds }
    },
    close: async () => void (await mp.close()),
  }
}

/** Sizes scatter little; resident memory depends on when V8 collects. */
export const millionJobs: Goal = {
  number: 4,
  title: 'A map of 1,000,000 jobs',
  trials: [
    {
      name: 'queued',
      fresh: true,
      rounds: 1,
      contestants: { 'cloud.mp': queued },
      bounds: [{ what: 'memory a queued job', metric: 'bytesPerJob', atMost: 800, unit: 'B', noise: 0.05 }],
    },
    {
      name: 'streamed',
      fresh: true,
      rounds: 1,
      contestants: { 'cloud.mp': streamed },
      bounds: [
        {
          what: 'growth of the caller while results stream',
          metric: 'grownBytes',
          atMost: 100,
          unit: 'MB',
          noise: 0.2,
        },
      ],
    },
  ],
}
