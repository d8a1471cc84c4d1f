import type { Contestant, Goal, Scale } from '../harness/goal.ts'
import { loadCloud } from '../harness/picloud.ts'
import { must, secondsOf } from '../harness/time.ts'
import { noOp } from '../peers/jobs.ts'
import type { MakePool } from '../peers/pool.ts'
import { tinypool } from '../peers/tinypool.ts'
import { workerpool } from '../peers/workerpool.ts'

type Call = (item: number) => Promise<unknown>

const ofPeer = (make: MakePool, measure: typeof oneByOne) => async (scale: Scale) => {
  const pool = await make(scale.workers)
  return measure(
    scale,
    item => pool.run('noOp', item),
    () => pool.close(),
  )
}

const ofCloud = (measure: typeof oneByOne) => async (scale: Scale) => {
  const cloud = await loadCloud()
  return measure(
    scale,
    item => cloud.mp.call(noOp, item).result(),
    () => cloud.mp.close(),
  )
}

/** The next call is made when the result of the last is there. */
async function oneByOne({ short }: Scale, call: Call, close: () => Promise<unknown>): Promise<Contestant> {
  const calls = short ? 20 : 2_000
  const work = async () => {
    for (let item = 0; item < calls; item++) must((await call(item)) === item, 'a call gives its result')
  }
  for (let warm = 0; warm < (short ? 1 : 3); warm++) await work()
  return {
    round: async () => ({ latency: (await secondsOf(work)) / calls }),
    close: async () => void (await close()),
  }
}

/** All calls are made in one tick, each with a promise of its own. */
async function inOneTick({ short }: Scale, call: Call, close: () => Promise<unknown>): Promise<Contestant> {
  const items = Array.from({ length: short ? 100 : 10_000 }, (_, index) => index)
  const work = async () => {
    const results = await Promise.all(items.map(call))
    must(
      items.every(item => results[item] === item),
      'each call gives its own result',
    )
  }
  for (let warm = 0; warm < 2; warm++) await work()
  return {
    round: async () => ({ callsPerSecond: items.length / (await secondsOf(work)) }),
    close: async () => void (await close()),
  }
}

export const singleCalls: Goal = {
  number: 2,
  title: 'Calls one by one, and many in one tick',
  trials: [
    {
      name: 'latency',
      oneCore: true,
      rounds: 11,
      contestants: {
        'cloud.mp': ofCloud(oneByOne),
        workerpool: ofPeer(workerpool, oneByOne),
        tinypool: ofPeer(tinypool, oneByOne),
      },
      bounds: [
        {
          what: "one call's latency on one core beside workerpool",
          metric: 'latency',
          against: 'workerpool',
          atMost: 1,
          noise: 0.15,
        },
      ],
    },
    {
      name: 'in one tick',
      rounds: 11,
      contestants: { 'cloud.mp': ofCloud(inOneTick), tinypool: ofPeer(tinypool, inOneTick) },
      bounds: [
        {
          what: '10,000 separate calls in one tick, throughput beside tinypool',
          metric: 'callsPerSecond',
          against: 'tinypool',
          atLeast: 5,
          noise: 0.15,
        },
      ],
    },
  ],
}
