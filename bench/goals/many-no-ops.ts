import type { Contestant, Goal, Scale } from '../harness/goal.ts'
import { loadCloud } from '../harness/picloud.ts'
import { must, secondsOf } from '../harness/time.ts'
import { noOp } from '../peers/jobs.ts'
import { piscina } from '../peers/piscina.ts'
import type { MakePool } from '../peers/pool.ts'
import { tinypool } from '../peers/tinypool.ts'
import { workerpool } from '../peers/workerpool.ts'

const jobsAt = ({ short }: Scale) => (short ? 200 : 10_000)

const ofPeer =
  (make: MakePool) =>
  async (scale: Scale): Promise<Contestant> => {
    const pool = await make(scale.workers)
    const items = Array.from({ length: jobsAt(scale) }, (_, index) => index)
    return measured(
      items,
      () => Promise.all(items.map(item => pool.run('noOp', item))),
      () => pool.close(),
    )
  }

async function ofCloud(scale: Scale): Promise<Contestant> {
  const cloud = await loadCloud()
  const items = Array.from({ length: jobsAt(scale) }, (_, index) => index)
  return measured(
    items,
    async () => cloud.mp.result(await cloud.mp.map(noOp, items)),
    () => cloud.mp.close(),
  )
}

async function measured(
  items: readonly number[],
  work: () => Promise<readonly unknown[]>,
  close: () => Promise<unknown>,
): Promise<Contestant> {
  for (let warm = 0; warm < 2; warm++) await work()
  return {
    async round() {
      let results: readonly unknown[] = []
      const seconds = await secondsOf(async () => {
        results = await work()
      })
      must(
        results.length === items.length && items.every(item => results[item] === item),
        'each job gives its own result',
      )
      return { jobsPerSecond: items.length / seconds }
    },
    close: async () => void (await close()),
  }
}

const against = (peer: string, atLeast: number, noise: number) => ({
  what: `map of 10,000 no-ops, throughput beside ${peer}`,
  metric: 'jobsPerSecond',
  against: peer,
  atLeast,
  noise,
})

/** Peers with processes scatter by a tenth; piscina's throughput alone doubles and halves from run to run. */
export const manyNoOps: Goal = {
  number: 1,
  title: 'A map of 10,000 no-ops',
  trials: [
    {
      name: 'throughput',
      rounds: 11,
      contestants: {
        'cloud.mp': ofCloud,
        tinypool: ofPeer(tinypool),
        workerpool: ofPeer(workerpool),
        piscina: ofPeer(piscina),
      },
      bounds: [against('tinypool', 8, 0.15), against('workerpool', 8, 0.15), against('piscina', 4, 0.4)],
    },
  ],
}
