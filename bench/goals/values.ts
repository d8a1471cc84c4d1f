import { isDeepStrictEqual } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import type { Contestant, Goal, Scale } from '../harness/goal.ts'
import { must } from '../harness/time.ts'

type RoundTrip = (value: unknown) => unknown

async function ofCloud(scale: Scale): Promise<Contestant> {
  const [{ encode, gather }, { decode }] = await Promise.all([
    import('../../dist/lib/value/encode.js'),
    import('../../dist/lib/value/decode.js'),
  ])
  return measured(scale, value => decode(gather(encode(value))))
}

const ofV8 = async (scale: Scale) => measured(scale, value => deserialize(serialize(value)))

const small = () => [3, 'x']

const objects = () =>
  Array.from({ length: 10_000 }, (_, id) => ({
    id,
    name: `user ${id}`,
    score: id / 3,
    active: id % 2 === 0,
    tags: ['a', 'b'],
    address: { city: 'Ghent', zip: String(9_000 + (id % 100)) },
  }))

/** Encodes and decodes; the time is that of one round trip. */
async function measured({ short }: Scale, trip: RoundTrip): Promise<Contestant> {
  const cases = [
    { metric: 'small', value: small(), times: short ? 10 : 50_000 },
    { metric: 'objects', value: objects(), times: short ? 1 : 5 },
    { metric: 'buffer', value: Buffer.alloc(10_000_000, 7), times: short ? 1 : 30 },
  ]
  for (const { value } of cases) must(isDeepStrictEqual(trip(value), value), 'a value comes back equal')
  const round = async () => {
    const metrics: Record<string, number> = {}
    for (const { metric, value, times } of cases) {
      const began = performance.now()
      for (let turn = 0; turn < times; turn++) trip(value)
      metrics[metric] = (performance.now() - began) / times / 1_000
    }
    return metrics
  }
  for (let warm = 0; warm < 3; warm++) await round()
  return { round, close: async () => {} }
}

/** The goals speak of v8's speed for objects and buffers: a speed of 1.0 is a time of 1.0, one of 0.9 a time of 1 / 0.9. */
const besideV8 = (metric: string, what: string, atMost: number, noise: number) => ({
  what: `${what}, there and back, time beside v8`,
  metric,
  against: 'v8',
  atMost,
  noise,
})

export const values: Goal = {
  number: 6,
  title: 'Encoding and decoding values',
  trials: [
    {
      name: 'round trip',
      oneCore: true,
      rounds: 11,
      contestants: { 'cloud.mp': ofCloud, v8: ofV8 },
      bounds: [
        besideV8('small', "[3, 'x']", 0.5, 0.1),
        besideV8('objects', '10,000 objects', 1, 0.15),
        // Copies of 10 MB are memory bandwidth, which the rest of the machine shares.
        besideV8('buffer', 'a Buffer of 10 MB', 1 / 0.9, 0.2),
      ],
    },
  ],
}
