import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { type Cloud, CloudException } from '../../lib/index.ts'
import { chanceOf } from '../simulation/world.ts'
import { freshFolder } from './fresh-folder.ts'
import { type Service, startService } from './service.ts'

const KILLS = 20
/** Milliseconds that a started service is left alive, at least and at most. */
const LIFE_MS = [100, 900] as const
/** Jobs that may be under way: more are handed in as these end. */
const MAX_OPEN = 400

/** Told outside of the store: one line when a run begins, one when it ends. */
async function work({ log, id, ms }: { log: string; id: number; ms: number }): Promise<number> {
  appendFileSync(log, `begin ${id}\n`)
  await sleep(ms)
  appendFileSync(log, `end ${id}\n`)
  return 3 * id
}

/** Jobs that the service said yes to. */
interface Accepted {
  readonly ids: readonly number[]
  readonly restartable: boolean
  readonly results: Promise<readonly (number | CloudException)[]>
}

/** Nobody was promised anything. */
function notAccepted(error: unknown): void {
  if (!CloudException.isCloudException(error) || error.code !== 'unavailable') throw error
}

test(`a service that is killed ${KILLS} times under load loses no job, and ends each once`, {
  timeout: 300_000,
}, async () => {
  const seed = Number(process.env['PICLOUD_CHAOS_SEED'] ?? Date.now() % 1_000_000)
  console.log(`chaos: PICLOUD_CHAOS_SEED=${seed}`)
  const random = chanceOf(seed)
  const between = (least: number, most: number): number => Math.floor(least + (most - least + 1) * random())
  const folder = freshFolder()
  const log = join(folder, 'log')
  appendFileSync(log, '')
  let service: Service = await startService({ folder })
  onTestFinished(() => service.stop('SIGKILL').then(() => undefined))
  await using cloud = service.client()
  const accepted: Accepted[] = []
  let open = 0
  let nextId = 1
  let over = false

  async function submit(given: Cloud): Promise<void> {
    const restartable = random() < 0.8
    const count = random() < 0.5 ? 1 : between(2, 150)
    const ids = Array.from({ length: count }, () => nextId++)
    const items = ids.map(id => ({ log, id, ms: between(0, 20) }))
    const able = given.with({ restartable })
    // A lone call's answer brings its result along: its submit may be kept together with its end.
    const jids = count === 1 ? [await able.call(work, items[0] as (typeof items)[number])] : await able.map(work, items)
    open += count
    const results = given.result(jids, { ignoreErrors: true }).finally(() => {
      open -= count
    })
    results.catch(() => undefined)
    accepted.push({ ids, restartable, results })
  }

  async function submitAll(): Promise<void> {
    while (!over) {
      if (open < MAX_OPEN) await submit(cloud).catch(notAccepted)
      await sleep(5)
    }
  }

  const submitters = [submitAll(), submitAll(), submitAll()]
  for (let kill = 0; kill < KILLS; kill++) {
    await sleep(between(...LIFE_MS))
    await service.stop('SIGKILL')
    service = await startService({ folder, port: service.port })
  }
  over = true
  await Promise.all(submitters)
  const runs = new Map<string, number>()
  const ended = await Promise.all(accepted.map(one => one.results))
  for (const line of readFileSync(log, 'utf8').split('\n')) runs.set(line, (runs.get(line) ?? 0) + 1)
  let lost = 0
  for (const [nth, { ids, restartable }] of accepted.entries()) {
    for (const [index, id] of ids.entries()) {
      const result = ended[nth]?.[index]
      const begun = runs.get(`begin ${id}`) ?? 0
      if (result === 3 * id) expect(runs.get(`end ${id}`) ?? 0, `job ${id} is done`).toBeGreaterThanOrEqual(1)
      else {
        expect(result, `job ${id}`).toMatchObject({ code: 'lost' })
        expect(restartable, `job ${id} may run again, and was given up`).toBe(false)
        lost++
      }
      if (!restartable) expect(begun, `job ${id} may run once`).toBeLessThanOrEqual(1)
    }
  }
  const jobs = accepted.reduce((sum, { ids }) => sum + ids.length, 0)
  console.log(`chaos: ${jobs} jobs, ${lost} of those that may not run twice were running at a kill`)
  expect(jobs).toBeGreaterThan(KILLS)
  // What the service itself says: nothing is left, each job has one final status.
  const left = (await cloud.jobs({ limit: 100_000 })).filter(({ status }) => status !== 'done' && status !== 'error')
  expect(left).toEqual([])
})
