import { expect, test } from 'vitest'
import { type BurstMessage, createBurstQueue } from '../../../lib/aws/queue/burst-queue.ts'
import { isBurstMessage } from '../../../lib/aws/queue/message-body.ts'
import type { ChunkMessage } from '../../../lib/engine/ports/queue.ts'
import { createQueue } from '../../../lib/memory/queue.ts'
import { manualTime } from '../../contract/manual-time.ts'
import { queueContract } from '../../contract/queue.contract.ts'

function begin(fails = false) {
  const time = manualTime()
  const asked: BurstMessage[] = []
  const errors: unknown[] = []
  const control = {
    async send({ bodies }: { bodies: readonly BurstMessage[] }) {
      if (fails) throw new Error('no control queue')
      asked.push(...bodies)
    },
  }
  const jobs = createQueue<ChunkMessage>({ clock: time, timers: time.timers })
  const queue = createBurstQueue({ queue: jobs, control, onError: error => errors.push(error) })
  return { time, queue, asked, errors }
}

queueContract('a queue that calls for executors', async () => {
  const { time, queue } = begin()
  return { queue, advance: time.advance }
})

const many = (count: number, highCpu = false): ChunkMessage[] =>
  Array.from({ length: count }, (_, nth) => ({ first: nth + 1, weight: 1, ...(highCpu && { highCpu: true }) }))
const ask = (messages: number, highCpu: boolean): BurstMessage => ({ burst: { messages, highCpu } })

test.each([
  ['few need nobody', many(5), []],
  ['one more, and somebody is called', many(6), [ask(6, false)]],
  ['each class is counted for itself', [...many(6, true), ...many(7)], [ask(7, false), ask(6, true)]],
  ['few of each need nobody', [...many(5, true), ...many(5)], []],
])('%s', async (_, bodies, expected) => {
  const { queue, asked } = begin()
  await queue.send({ bodies })
  expect(asked).toEqual(expected)
  for (const body of asked) expect(isBurstMessage(JSON.parse(JSON.stringify(body)))).toBe(true)
})

test('nobody is called for what comes later', async () => {
  const { queue, asked } = begin()
  await queue.send({ bodies: many(100), delay: 1_000 })
  expect(asked).toEqual([])
})

test('that nobody can be called keeps no job from being sent', async () => {
  const { queue, errors } = begin(true)
  await queue.send({ bodies: many(10) })
  expect(await queue.receive({ max: 100, visibility: 1_000, wait: 0 })).toHaveLength(10)
  expect(errors).toEqual([expect.objectContaining({ message: 'no control queue' })])
})
