import { rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { Contestant, Goal, Scale } from '../harness/goal.ts'
import { loadCloud } from '../harness/picloud.ts'
import { must, secondsOf } from '../harness/time.ts'
import { folderFor } from '../peers/daemon.ts'
import { noOp } from '../peers/jobs.ts'
import { type StartedService, startService } from '../peers/started-service.ts'

const PAGE = 50
const LABELS = 100
/** Portions in which they are handed in. */
const PORTIONS = 20
/** Requests of a round, of which the median counts. */
const REQUESTS = 25

const ours = 'picloud local'

/** A service whose one worker is busy, with many submissions of one job each behind: the most rows that so many jobs can be. */
async function listing({ short }: Scale): Promise<Contestant> {
  const folder = folderFor('queued')
  const service = await startService(folder, '--workers', '1', '--grace', '0', '--log', 'warn')
  const { url, key, secret } = service
  const cloud = (await loadCloud()).connect({ url, key, secret })
  await cloud.call(() => new Promise(resolve => setTimeout(resolve, 3_600_000)))
  const ask = asking(service)
  const jobs = short ? 2_000 : 100_000
  let grown = Number.NaN
  for (let portion = 1; portion <= PORTIONS; portion++) {
    const labels = Array.from({ length: jobs / PORTIONS }, (_, index) => `l${index % LABELS}`)
    await Promise.all(labels.map(label => cloud.with({ label }).call(noOp, 1)))
    // By then its code is warm, and its heap as large as its work makes it.
    if (portion === PORTIONS / 2) grown = -(await residentBytes(ask))
  }
  grown += await residentBytes(ask)
  const middle = async (path: string): Promise<number> => {
    const times: number[] = []
    for (let turn = 0; turn < REQUESTS; turn++) times.push(await secondsOf(async () => checked(await ask(path))))
    return times.sort((one, other) => one - other)[REQUESTS >> 1] as number
  }
  return {
    round: async () => ({
      newest: await middle(`/v1/jobs?limit=${PAGE}`),
      label: await middle(`/v1/jobs?limit=${PAGE}&label=l7`),
      queued: await middle(`/v1/jobs?limit=${PAGE}&status=queued`),
      grown,
    }),
    async close() {
      await cloud.close()
      await service.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Ask = (path: string) => Promise<string>

/** Over one connection, as a dashboard asks. */
function asking({ url, key, secret }: StartedService): Ask {
  const agent = new Agent({ keepAlive: true })
  const headers = { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` }
  return path =>
    new Promise((resolve, reject) => {
      const asked = request(`${url}${path}`, { agent, headers }, answer => {
        must(answer.statusCode === 200, `${path} is answered`)
        buffer(answer).then(bytes => resolve(String(bytes)), reject)
      })
      asked.once('error', reject)
      asked.end()
    })
}

function checked(answer: string): void {
  const { jobs } = JSON.parse(answer) as { readonly jobs: readonly { readonly count: number }[] }
  must(jobs.length > 0 && jobs.every(({ count }) => count === 1), 'a listing has its rows')
}

async function residentBytes(ask: Ask): Promise<number> {
  const [, bytes] = /^process_resident_memory_bytes (\S+)$/m.exec(await ask('/metrics')) ?? []
  must(bytes !== undefined, 'the service tells its memory')
  return Number(bytes)
}

const within = (what: string, metric: string) => ({ what, metric, ours, atMost: 20, unit: 'ms', noise: 0.2 }) as const

/** A dashboard looks at a service that has fallen behind. */
export const queuedJobs: Goal = {
  number: 13,
  title: 'Local service: 100,000 queued jobs',
  trials: [
    {
      name: 'listing',
      rounds: 5,
      contestants: { [ours]: listing },
      bounds: [
        within('the newest 50 of 100,000 queued submissions', 'newest'),
        within('the newest 50 of one label among a hundred', 'label'),
        within('the newest 50 that are queued', 'queued'),
        {
          what: 'memory of the service for the second 50,000',
          metric: 'grown',
          ours,
          atMost: 20,
          unit: 'MB',
          noise: 0.5,
        },
      ],
    },
  ],
}
