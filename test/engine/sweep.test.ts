import { describe, expect, it } from 'vitest'
import { createEngine } from '../../lib/engine/engine.ts'
import { createJobStore } from '../../lib/memory/job-store.ts'
import { done, harness, owner, requestOf } from './harness.ts'

/** A gate whose change nobody told of: its submit died right after, or the record was lost. */
async function silentGate(idleGate: number) {
  const made = await harness(() => done(), { idleGate })
  const { ports, submit, results } = made
  const first = await submit(3)
  await results(first, 3)
  const after = await submit(2, { dependsOn: [[first, 3]] })
  await results(after, 2)
  const [gate] = await ports.store.getGates({ ids: [after] })
  if (gate === undefined) throw new Error('no gate')
  return { ...made, after, gate }
}

describe('a start', () => {
  it('looks at gates that a process left behind that died before it looked', async () => {
    const { ports } = await harness(() => done(), { start: false })
    const store = createJobStore()
    const { listen: _, ...deaf } = store
    // It hears of no change, as if it had died right after each write.
    const died = createEngine({ ...ports, store: deaf }, {})
    const { first } = await died.lease({ count: 2 })
    const after = first + 1
    await died.submit(...requestOf(first, first, 1), owner)
    await died.submit(...requestOf(after, after, 1, { dependsOn: [[first, 1]] }), owner)
    expect((await store.getGates({ ids: [after] }))[0]).toMatchObject({ state: 'waiting' })
    const next = createEngine({ ...ports, store }, {})
    next.start()
    const { answer } = await next.wait({ ranges: [[after, 1]], results: false, wait: 10_000 })
    expect(answer.finished).toEqual([{ first: after, statuses: ['done'] }])
    await next.close()
  })
})

describe('the sweeper', () => {
  it('takes up gates that are still to be sent, and lets go of pointers that lead nowhere', async () => {
    const { ports, engine, after, gate, ran } = await silentGate(0)
    expect(gate).toMatchObject({ state: 'open', sent: true })
    expect(await ports.store.pointers({ after: 0, limit: 10 })).toEqual([])
    await ports.store.putGate({ gate: { ...gate, sent: false, sentTo: 0, version: gate.version + 1 } })
    await ports.store.putPointer({ gate: after })
    await ports.store.putPointer({ gate: 4_001 })
    await engine.sweep()
    expect((await ports.store.getGates({ ids: [after] }))[0]).toMatchObject({ sent: true })
    expect(await ports.store.pointers({ after: 0, limit: 10 })).toEqual([4_001])
    await engine.sweep()
    expect(await ports.store.pointers({ after: 0, limit: 10 })).toEqual([])
    expect(ran).toHaveLength(5)
  })

  it('leaves fresh gates alone', async () => {
    const { ports, engine, after, gate } = await silentGate(1e9)
    const again = { ...gate, sent: true, state: 'open', version: gate.version + 1 } as const
    await ports.store.putGate({ gate: again })
    await ports.store.putPointer({ gate: after })
    await engine.sweep()
    expect(await ports.store.getGates({ ids: [after] })).toEqual([again])
    expect(await ports.store.pointers({ after: 0, limit: 10 })).toEqual([after])
  })
})
