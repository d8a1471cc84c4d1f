import { expect, test } from 'vitest'
import { createEngine } from '../../lib/engine/engine.ts'
import type { Ports } from '../../lib/engine/ports/ports.ts'
import { done, endless, failed, harness, owner } from './harness.ts'
import { instantLauncher } from './instant-launcher.ts'

const LONG_MS = 600_000

/** Another process over the same records: all jobs that it gets are done at once. */
function successor(ports: Ports) {
  const engine = createEngine({ ...ports, launcher: instantLauncher(() => done()) })
  engine.start()
  return engine
}

async function attemptsOf(ports: Ports, first: number, count: number) {
  const [stored] = await ports.store.read({ ranges: [[first, count]] })
  const { attempt, losses, phase } = stored?.runs[0]?.run ?? {}
  return { attempt, losses, phase }
}

test('it waits for what runs, and lets nothing else begin', async () => {
  const { engine, submit, statuses } = await harness(endless)
  const running = await submit(1)
  await expect.poll(() => statuses(running, 1)).toEqual(['processing'])
  const drained = engine.drain(Date.now() + LONG_MS)
  const late = await submit(1)
  await engine.kill({ ranges: [[running, 1]] }, owner)
  await drained
  expect(await statuses(running, 1)).toEqual(['killed'])
  expect(await statuses(late, 1)).toEqual(['queued'])
  await engine.close()
})

test('what still runs then goes back to the queue, and the next process runs it, at no loss', async () => {
  const { engine, ports, submit, statuses, ran } = await harness(endless)
  const first = await submit(3)
  await expect.poll(() => statuses(first, 3)).toEqual(['processing', 'processing', 'processing'])
  await engine.drain(Date.now())
  expect(await statuses(first, 3)).toEqual(['queued', 'queued', 'queued'])
  await engine.close()
  expect(ran).toHaveLength(3)
  const next = successor(ports)
  await expect.poll(async () => (await attemptsOf(ports, first, 3)).phase).toBe('finished')
  expect(await attemptsOf(ports, first, 3)).toMatchObject({ attempt: 2, losses: 0 })
  await next.close()
})

test('what may not run twice ends as lost', async () => {
  const { engine, submit, statuses } = await harness(endless)
  const first = await submit(1, { restartable: false })
  await expect.poll(() => statuses(first, 1)).toEqual(['processing'])
  await engine.drain(Date.now())
  expect(await statuses(first, 1)).toEqual(['error'])
  const { jobs } = await engine.info({ ranges: [[first, 1]], keys: ['exception'] })
  expect(jobs[0]?.exception).toMatchObject({ code: 'lost' })
  await engine.close()
})

test('what only waits for its next try goes back at once', async () => {
  const { engine, ports, submit, ran } = await harness(() => failed())
  const first = await submit(1, { retries: 50 })
  // Back-offs grow, so that sooner or later it is waiting when the drain begins.
  await expect.poll(() => ran.length).toBeGreaterThan(1)
  await engine.drain(Date.now() + LONG_MS)
  expect(await attemptsOf(ports, first, 1)).toMatchObject({ phase: 'queued', losses: 0 })
  await engine.close()
  const next = successor(ports)
  await expect.poll(async () => (await attemptsOf(ports, first, 1)).phase, { timeout: 20_000 }).toBe('finished')
  await next.close()
})
