import { type Broken, Cluster } from './cluster.ts'
import type { Script } from './scripted-launcher.ts'
import { Verdict } from './verdict.ts'
import { CALM_AT, Workload } from './workload.ts'
import { type Odds, World } from './world.ts'

/** By when all must be terminal: virtual milliseconds. Delayed starts, retries, leases and sweeps fit in several times. */
const LIMIT = 5_400_000

const usual: Odds = { error: 0.01, crash: 0.002, twice: 0.1, stall: 0.001, freeze: 0.001 }

export interface Report {
  readonly seed: number
  readonly complaints: readonly string[]
  readonly jobs: number
  readonly crashes: number
  /** Virtual milliseconds. */
  readonly took: number
}

/** One run of the whole engine on machines that die, by seed. No complaints: the promise held. */
export async function simulate(seed: number, options: { broken?: Broken; odds?: Odds } = {}): Promise<Report> {
  const world = new World(seed, options.odds ?? usual)
  let cluster: Cluster
  const workload = new Workload(world, () => cluster)
  const scriptOf = (jid: number): Script => workload.scripts.get(jid) ?? { lasts: 1, failures: 0, spawns: undefined }
  cluster = new Cluster(world, scriptOf, effect => verdict.started(effect), options.broken ?? {})
  const verdict = new Verdict(world, cluster.store, workload)
  workload.start()
  world.at(CALM_AT, () => {
    world.faulty = false
  })
  await world.run(() => world.elapsed > CALM_AT && verdict.isOver, LIMIT)
  const complaints = await verdict.judge(cluster)
  return { seed, complaints, jobs: workload.scripts.size, crashes: cluster.crashes, took: world.elapsed }
}
