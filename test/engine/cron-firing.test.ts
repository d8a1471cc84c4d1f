import { describe, expect, it } from 'vitest'
import type { Ports } from '../../lib/engine/ports/ports.ts'
import { at, request, world } from './cron-world.ts'
import { owner } from './harness.ts'

describe('a cron', () => {
  it('fires in its minutes, each once, however often it is told', async () => {
    const { engine, moment, jobs } = await world()
    await engine.crons.register({ ...request, label: 'tick', schedule: '*/2 * * * *' }, owner)
    for (const minute of ['12:00', '12:01', '12:02', '12:02', '12:01', '12:04', '12:02', '12:04']) {
      moment.now = at(minute) + 100
      await engine.crons.fire({ label: 'tick', minute: at(minute) })
    }
    expect(await jobs()).toHaveLength(2)
    const { lastJid, lastRun } = await engine.crons.info('tick')
    expect([(await jobs())[0], lastRun]).toEqual([`tick ${lastJid}`, at('12:04') + 100])
  })

  it('fires once though many hear of it at once', async () => {
    const { make, moment, jobs } = await world()
    const engines = [make(), make(), make()]
    await engines[0]?.crons.register({ ...request, label: 'tick' }, owner)
    moment.now = at('12:01:01')
    await Promise.all(engines.map(engine => engine.crons.fire({ label: 'tick', minute: at('12:01') })))
    expect(await jobs()).toHaveLength(1)
  })

  it('does not fire for what was before it', async () => {
    const { engine, moment, jobs } = await world({ now: at('12:00:00.001') })
    await engine.crons.register({ ...request, label: 'tick' }, owner)
    await engine.crons.fire({ label: 'tick', minute: at('12:00') })
    moment.now = at('12:01:00')
    await engine.crons.fire({ label: 'other', minute: at('12:01') })
    expect(await jobs()).toEqual([])
  })

  it.each([
    [59_999, 1],
    [60_000, 0],
  ])('told %d ms late fires %d times', async (late, count) => {
    const { engine, moment, jobs } = await world()
    await engine.crons.register({ ...request, label: 'tick' }, owner)
    moment.now = at('12:01') + late
    await engine.crons.fire({ label: 'tick', minute: at('12:01') })
    expect(await jobs()).toHaveLength(count)
  })

  it('is not fired far ahead of its time', async () => {
    const { engine, jobs } = await world()
    await engine.crons.register({ ...request, label: 'tick' }, owner)
    await engine.crons.fire({ label: 'tick', minute: at('12:03') })
    expect(await jobs()).toEqual([])
  })

  it.each(['lease', 'putRecord', 'insert', 'lastPut'])('that dies around %s still fires, once', async point => {
    const { make, ports, moment, jobs, records, errors } = await world()
    await make().crons.register({ ...request, label: 'tick' }, owner)
    moment.now = at('12:01:01')
    let puts = 0
    const dead = (): never => {
      throw new Error('died')
    }
    const dying = make({
      store: {
        ...ports.store,
        lease: async params => (point === 'lease' ? dead() : await ports.store.lease(params)),
        insert: async params => (point === 'insert' ? dead() : await ports.store.insert(params)),
      },
      registry: {
        ...(ports.registry as NonNullable<Ports['registry']>),
        async put(params) {
          const nth = ++puts
          if (point === 'lastPut' && nth === 2) dead()
          const version = await ports.registry?.put(params)
          return point === 'putRecord' ? dead() : version
        },
      },
    })
    await expect(dying.crons.fire({ label: 'tick', minute: at('12:01') })).rejects.toThrow('died')
    // Told again, or found by who sweeps.
    if (point === 'lease') await make().crons.fire({ label: 'tick', minute: at('12:01') })
    else await make().crons.catchUp(moment.now)
    expect(await jobs()).toHaveLength(1)
    const stored = await records.get('tick')
    expect(stored?.value).toMatchObject({ until: at('12:01'), lastJid: Number((await jobs())[0]?.split(' ')[1]) })
    expect(stored?.value.pending).toBeUndefined()
    expect(errors).toEqual([])
  })

  it('runs what was begun before it runs the next', async () => {
    const { make, moment, jobs, records } = await world()
    const engine = make()
    await engine.crons.register({ ...request, label: 'tick' }, owner)
    moment.now = at('12:01:01')
    const { first: jid } = await engine.lease({ count: 1 })
    await records.change('tick', cron => cron && { ...cron, until: at('12:01'), pending: { minute: at('12:01'), jid } })
    moment.now = at('12:02:01')
    await engine.crons.fire({ label: 'tick', minute: at('12:02') })
    expect(await jobs()).toHaveLength(2)
    expect(await jobs()).toContain(`tick ${jid}`)
  })

  it.each([
    [false, []],
    [true, [at('15:00')]],
  ])('with catchUp %s runs of the minutes it missed %j', async (catchUp, minutes) => {
    const { make, moment, jobs, records } = await world({ now: at('11:30') })
    await make().crons.register({ ...request, label: 'hourly', schedule: '@hourly', catchUp }, owner)
    moment.now = at('15:20')
    await make().crons.catchUp(moment.now)
    await make().crons.catchUp(moment.now)
    expect(await jobs()).toHaveLength(minutes.length)
    expect((await records.get('hourly'))?.value.until).toBe(minutes[0] ?? at('11:30'))
    moment.now = at('16:00')
    await make().crons.fire({ label: 'hourly', minute: at('16:00') })
    expect(await jobs()).toHaveLength(minutes.length + 1)
  })

  it('is caught up with when the service starts, and when it sweeps only once it is too late to fire', async () => {
    const { make, moment, jobs, listeners } = await world({ now: at('11:30') })
    await make().crons.register({ ...request, label: 'hourly', schedule: '@hourly', catchUp: true }, owner)
    moment.now = at('12:00:59')
    await make().sweep()
    expect(await jobs()).toEqual([])
    moment.now = at('12:01:00')
    await make().sweep()
    expect(await jobs()).toHaveLength(1)
    moment.now = at('13:00:01')
    const started = make()
    started.start()
    expect(listeners).toHaveLength(1)
    await expect.poll(jobs).toHaveLength(2)
    await started.close()
  })
})
