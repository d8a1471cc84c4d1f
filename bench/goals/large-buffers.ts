import type { Contestant, Goal, Scale } from '../harness/goal.ts'
import { loadCloud } from '../harness/picloud.ts'
import { must, secondsOf } from '../harness/time.ts'
import { BUFFER_BYTES, largeBuffer, lastByteOf } from '../peers/jobs.ts'
import { piscina } from '../peers/piscina.ts'
import type { MakePool } from '../peers/pool.ts'
import { tinypool } from '../peers/tinypool.ts'
import { workerpool } from '../peers/workerpool.ts'

/** Sends the buffer there and its last byte back; fetches it. */
interface Transfers {
  readonly there: (buffer: Uint8Array) => Promise<unknown>
  readonly back: () => Promise<unknown>
  readonly close: () => Promise<unknown>
}

const ofPeer =
  (make: MakePool) =>
  async ({ workers, short }: Scale) => {
    const pool = await make(workers)
    const there = (buffer: Uint8Array) => pool.run('lastByteOf', buffer)
    return measured({ there, back: () => pool.run('largeBuffer'), close: () => pool.close() }, short)
  }

async function ofCloud({ short }: Scale): Promise<Contestant> {
  const { mp } = await loadCloud()
  const there = (buffer: Uint8Array) => mp.call(lastByteOf, buffer).result()
  return measured({ there, back: () => mp.call(largeBuffer).result(), close: () => mp.close() }, short)
}

async function measured({ there, back, close }: Transfers, short: boolean): Promise<Contestant> {
  const buffer = Buffer.alloc(BUFFER_BYTES, 7)
  const times = short ? 1 : 3
  // Every worker has to have made its buffer before the first measured round.
  for (let warm = 0; warm < (short ? 1 : 6); warm++) await back()
  await there(buffer)
  let tag = 0
  const argument = async () => {
    for (let turn = 0; turn < times; turn++) {
      // Other bytes each time: the same ones again need not travel.
      tag = (tag + 1) % 256
      buffer[buffer.length - 1] = tag
      must((await there(buffer)) === tag, 'the whole buffer arrives')
    }
  }
  const result = async () => {
    for (let turn = 0; turn < times; turn++) {
      const fetched = (await back()) as Uint8Array
      must(fetched.length === BUFFER_BYTES && lastByteOf(fetched) === 7, 'the whole buffer comes back')
    }
  }
  const rate = async (work: () => Promise<void>) => (times * BUFFER_BYTES) / (await secondsOf(work))
  return {
    round: async () => ({ argument: await rate(argument), result: await rate(result) }),
    close: async () => void (await close()),
  }
}

const beside = (metric: 'argument' | 'result', peer: string, atLeast: number, noise: number) => ({
  what: `50 MB Buffer as ${metric}, bytes a second beside ${peer}`,
  metric,
  against: peer,
  atLeast,
  noise,
})

/** Memory bandwidth is shared with whatever else runs on the machine: large copies scatter by a fifth. */
export const largeBuffers: Goal = {
  number: 3,
  title: 'A Buffer of 50 MB as argument and as result',
  trials: [
    {
      name: 'transfer',
      rounds: 9,
      contestants: {
        'cloud.mp': ofCloud,
        workerpool: ofPeer(workerpool),
        piscina: ofPeer(piscina),
        tinypool: ofPeer(tinypool),
      },
      bounds: [
        beside('argument', 'workerpool', 1.6, 0.2),
        beside('argument', 'piscina', 1, 0.25),
        beside('result', 'workerpool', 1.3, 0.2),
      ],
    },
  ],
}
