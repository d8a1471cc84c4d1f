import { expect, onTestFinished, test } from 'vitest'
import { createEngine } from '../../../lib/engine/engine.ts'
import type { Launcher, Reports } from '../../../lib/engine/ports/launcher.ts'
import { createApp } from '../../../lib/http/app.ts'
import { createQueue } from '../../../lib/memory/queue.ts'
import { createRegistry } from '../../../lib/memory/registry.ts'
import { encodePlain } from '../../../lib/protocol/plain-payload.ts'
import { manualTime } from '../../contract/manual-time.ts'
import { harness, owner, reference } from '../../engine/harness.ts'

/** A published function on a clock of the test's: its job ends when the test says so. */
async function published() {
  const { ports: base } = await harness(undefined, { start: false })
  const time = manualTime(Date.now())
  const { timers } = time
  const clock = { ...base.clock, now: time.now }
  const launched: Reports[] = []
  const launcher: Launcher = {
    wanted: 1,
    onWanted: () => undefined,
    launch(_work, reports) {
      launched.push(reports)
      return { done: new Promise(() => undefined), kill: () => undefined, abandon: () => undefined }
    },
    close: async () => undefined,
  }
  const queues = { jobs: createQueue({ clock, timers }), control: createQueue({ clock, timers }) } as const
  const ports = { ...base, ...queues, clock, timers, launcher, registry: createRegistry() }
  const engine = createEngine(ports as Parameters<typeof createEngine>[0])
  engine.start()
  onTestFinished(() => engine.close())
  await engine.published.publish('slow', { function: reference, options: {}, parameters: [] })
  const app = createApp(engine, { principalOf: () => owner })
  const ask = (path: string, method = 'GET'): Promise<Response> =>
    app.fetch(new Request(`http://test${path}`, { method }))
  const answer = { status: 0, body: undefined as unknown }
  const called = ask('/r/slow', 'POST').then(async given => {
    answer.body = await given.json()
    answer.status = given.status
  })
  await expect.poll(() => launched.length).toBe(1)
  return {
    time,
    ask,
    answer,
    called,
    end() {
      const now = time.now()
      const usage = { started: now, finished: now, cpuUser: 0, cpuSystem: 0, memory: 0 }
      launched[0]?.started([0], now)
      launched[0]?.finished([{ offset: 0, status: 'done', payload: encodePlain({ kind: 'json', json: '42' }), usage }])
    },
  }
}

test('a call whose job ends within 20 s is answered with the result', async () => {
  const { time, answer, called, end } = await published()
  await time.advance(19_999)
  expect(answer.status).toBe(0)
  end()
  await called
  expect(answer).toEqual({ status: 200, body: 42 })
})

test('one that takes 20 s is answered 202, and the place that it names has the result once there is one', async () => {
  const { time, ask, answer, called, end } = await published()
  await time.advance(19_999)
  expect(answer.status).toBe(0)
  await time.advance(1)
  await called
  const { jid, result } = answer.body as { jid: number; result: string }
  expect(answer).toEqual({ status: 202, body: { jid, result: `/v1/jobs/${jid}/result` } })
  const early = await ask(result)
  expect([early.status, await early.json()]).toEqual([202, answer.body])
  end()
  const ended = await ask(`${result}?wait=20000`)
  expect([ended.status, await ended.json()]).toEqual([200, 42])
  expect((await ask(`${result}?wait=20001`)).status).toBe(400)
})
