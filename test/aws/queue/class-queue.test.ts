import { describe, expect, test } from 'vitest'
import type { ExecutorClass } from '../../../lib/aws/environment.ts'
import { createClassQueue } from '../../../lib/aws/queue/class-queue.ts'
import type { ChunkMessage, Queue } from '../../../lib/engine/ports/queue.ts'
import { createQueue } from '../../../lib/memory/queue.ts'
import { manualTime } from '../../contract/manual-time.ts'
import { queueContract } from '../../contract/queue.contract.ts'

function begin(own: ExecutorClass) {
  const time = manualTime()
  const clock = { now: time.now, random: () => 0.5 }
  const make = () => withTexts(createQueue<ChunkMessage>({ clock, timers: time.timers }))
  const [ordinary, highCpu] = [make(), make()]
  return { time, ordinary, highCpu, queue: createClassQueue({ ordinary, highCpu, own, clock }) }
}

/** SQS's receipts are texts. */
function withTexts(queue: Queue<ChunkMessage>): Queue<ChunkMessage> {
  return {
    ...queue,
    async receive(params) {
      return (await queue.receive(params)).map(one => ({ ...one, receipt: String(one.receipt) }))
    },
    delay: ({ receipts, delay }) => queue.delay({ receipts: receipts.map(Number), delay }),
    delete: ({ receipts }) => queue.delete({ receipts: receipts.map(Number) }),
  }
}

queueContract('two queues, one a class of executors,', async () => {
  const { time, queue } = begin('ordinary')
  return { queue, advance: ms => time.advance(ms) }
})

queueContract('two queues, to who sends and takes what needs more processor,', async () => {
  const { time, queue } = begin('highCpu')
  return { queue: ofHighCpu(queue), advance: ms => time.advance(ms) }
})

/** The same queue for messages that don't say of which class they are. */
function ofHighCpu(queue: Queue<ChunkMessage>): Queue<ChunkMessage> {
  return {
    ...queue,
    send: ({ bodies, ...when }) => queue.send({ bodies: bodies.map(body => ({ ...body, highCpu: true })), ...when }),
    async receive(params) {
      const received = await queue.receive(params)
      return received.map(({ body: { highCpu: _, ...body }, ...rest }) => ({ ...rest, body }))
    },
    backlog: ({ chunks }) =>
      queue.backlog?.({ chunks, highCpu: true }) ?? Promise.reject(new Error('It can’t say what lies in it.')),
  }
}

const low = { first: 1, weight: 1 }
const high = { first: 2, weight: 1, highCpu: true } as const
const take = { max: 10, visibility: 60_000, wait: 0 }
const bodiesOf = async (queue: Queue<ChunkMessage>) => (await queue.receive(take)).map(({ body }) => body)

test('a message goes to the queue of its class, whoever sends it', async () => {
  for (const own of ['ordinary', 'highCpu'] as const) {
    const { queue, ordinary, highCpu } = begin(own)
    await queue.send({ bodies: [low, high, { ...low, first: 3 }] })
    expect(await bodiesOf(ordinary)).toEqual([low, { ...low, first: 3 }])
    expect(await bodiesOf(highCpu)).toEqual([high])
  }
})

test('a delay holds in either', async () => {
  const { queue, time, ordinary, highCpu } = begin('ordinary')
  await queue.send({ bodies: [low, high], delay: 5_000 })
  expect([await bodiesOf(ordinary), await bodiesOf(highCpu)]).toEqual([[], []])
  await time.advance(5_000)
  expect([await bodiesOf(ordinary), await bodiesOf(highCpu)]).toEqual([[low], [high]])
})

test('what waits in each is told apart', async () => {
  const { queue } = begin('ordinary')
  await queue.send({ bodies: [low, high, { ...high, first: 3 }] })
  expect(await queue.backlog?.({ chunks: [] })).toMatchObject({ waiting: 1 })
  expect(await queue.backlog?.({ chunks: [], highCpu: true })).toMatchObject({ waiting: 2 })
})

describe.each([
  ['ordinary', low, high],
  ['highCpu', high, low],
] as const)('an executor that is %s and waits', (own, mine, other) => {
  /** Asks every five seconds, as one whose jobs wait for others. */
  async function ask(queue: Queue<ChunkMessage>, time: ReturnType<typeof manualTime>, ms: number) {
    const taken: ChunkMessage[] = []
    for (let at = 0; at < ms; at += 5_000) {
      await time.advance(5_000)
      taken.push(...(await bodiesOf(queue)))
    }
    return taken
  }

  test('takes what is of its class, and leaves the rest to the other', async () => {
    const { queue, time } = begin(own)
    await queue.send({ bodies: [mine, other] })
    const received = await queue.receive(take)
    expect(received.map(({ body }) => body)).toEqual([mine])
    await queue.delete({ receipts: received.map(({ receipt }) => receipt) })
    expect(await ask(queue, time, 60_000)).toEqual([])
  })

  test('takes from the other where nobody does for more than a minute, one at a time', async () => {
    const { queue, time, ...queues } = begin(own)
    await queue.send({ bodies: [other, { ...other, first: 9 }] })
    expect(await ask(queue, time, 90_000)).toEqual([other])
    // It is in flight now: the queue moves.
    expect(await ask(queue, time, 30_000)).toEqual([])
    const foreign = queues[own === 'ordinary' ? 'highCpu' : 'ordinary']
    expect(await foreign.backlog?.({ chunks: [] })).toMatchObject({ waiting: 1, inFlight: 1 })
  })

  test('leaves it where somebody has a message of it', async () => {
    const { queue, time, ...queues } = begin(own)
    await queue.send({ bodies: [other, { ...other, first: 9 }] })
    await queues[own === 'ordinary' ? 'highCpu' : 'ordinary'].receive({ ...take, max: 1, visibility: 900_000 })
    expect(await ask(queue, time, 300_000)).toEqual([])
  })

  test('holds, renews and deletes what it took there', async () => {
    const { queue, time, ...queues } = begin(own)
    const foreign = queues[own === 'ordinary' ? 'highCpu' : 'ordinary']
    await queue.send({ bodies: [other] })
    await ask(queue, time, 80_000)
    await time.advance(5_000)
    const [received] = await queue.receive(take)
    if (received === undefined) throw new Error('It took nothing.')
    await queue.delay({ receipts: [received.receipt], delay: 120_000 })
    await time.advance(110_000)
    expect(await bodiesOf(foreign)).toEqual([])
    await queue.delete({ receipts: [received.receipt] })
    await time.advance(20_000)
    expect(await foreign.backlog?.({ chunks: [] })).toMatchObject({ waiting: 0, inFlight: 0 })
  })

  test('begins anew after a time in which nothing waited', async () => {
    const { queue, time } = begin(own)
    await queue.send({ bodies: [other] })
    expect(await ask(queue, time, 60_000)).toEqual([])
    await time.advance(600_000)
    expect(await ask(queue, time, 60_000)).toEqual([])
  })
})
