import { expect, test } from 'vitest'
import type { ChunkMessage } from '../../lib/engine/ports/queue.ts'
import { done, failed, type Harness, harness } from './harness.ts'

/** What is sent to the queue of jobs from now on. */
function sentIn({ ports }: Harness): ChunkMessage[] {
  const sent: ChunkMessage[] = []
  const { jobs } = ports
  const send = jobs.send.bind(jobs)
  jobs.send = async params => {
    sent.push(...params.bodies)
    await send(params)
  }
  return sent
}

test.each([
  [{}, {}],
  [{ highCpu: false }, {}],
  [{ highCpu: true }, { highCpu: true }],
])('messages of jobs with %j say so when they are submitted', async (options, told) => {
  const one = await harness(undefined, { start: false, chunkSize: 50 })
  const sent = sentIn(one)
  const first = await one.submit(100, options)
  await one.submit(1, options)
  expect(sent).toEqual([
    { first, weight: 50, ...told },
    { first: first + 50, weight: 50, ...told },
    { first: first + 100, weight: 1, ...told },
  ])
})

test('when they are released', async () => {
  const one = await harness()
  const sent = sentIn(one)
  const before = await one.submit(1)
  const first = await one.submit(1, { highCpu: true, dependsOn: [[before, 1]] })
  await one.results(first, 1)
  const released = sent.filter(message => message.first === first)
  // Two may see that the gate opens, and then both send.
  expect(released.length).toBeGreaterThan(0)
  for (const message of released) expect(message).toEqual({ first, weight: 1, highCpu: true })
  await one.engine.close()
})

test('when they are tried again later', async () => {
  let tries = 0
  const one = await harness(() => (++tries < 2 ? failed() : done()), { holdRetry: 0 })
  const sent = sentIn(one)
  const first = await one.submit(1, { highCpu: true, retries: 1 })
  await one.results(first, 1)
  const message = { first, weight: 1, highCpu: true }
  expect(sent).toEqual([message, message])
  await one.engine.close()
})

test('and when they come back from the dead letters', async () => {
  const one = await harness(undefined, { start: false })
  const first = await one.submit(1, { highCpu: true })
  const sent = sentIn(one)
  const body = { first, weight: 1 }
  expect(await one.engine.giveUp([{ body, sent: Date.now() - 1_000_000, receipt: 'r' }])).toEqual(['r'])
  expect(sent).toEqual([{ ...body, again: 1, highCpu: true }])
})
