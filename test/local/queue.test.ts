import { describe, expect, it } from 'vitest'
import type { ChunkMessage } from '../../lib/engine/ports/queue.ts'
import { createQueue, type QueueOptions } from '../../lib/local/queue.ts'
import { createTimers } from '../../lib/memory/timers.ts'
import { manualTime } from '../contract/manual-time.ts'
import { queueContract } from '../contract/queue.contract.ts'
import { freshDatabase } from './fresh-folder.ts'

function fresh(time: Pick<QueueOptions, 'timers'> & { now(): number }) {
  const database = freshDatabase()
  const { timers } = time
  return { database, queue: createQueue<ChunkMessage>({ database, name: 'jobs', clock: time, timers }) }
}

queueContract('SQLite', async () => {
  const time = manualTime()
  return { queue: fresh(time).queue, advance: time.advance }
})
queueContract('SQLite, running ahead,', async () => {
  const time = manualTime()
  return { queue: fresh(time).queue.ahead, advance: time.advance }
})

describe('a queue that runs ahead', () => {
  const asked = { max: 10, visibility: 60_000, wait: 60_000 }
  const now = (): number => 1_000_000
  const time = { now, timers: createTimers({ now }) }

  it('hands out what is sent in the turn in which it is, and to others once it is kept', async () => {
    const { queue, database } = fresh(time)
    const order: string[] = []
    const ahead = queue.ahead.receive(asked).then(() => order.push('ahead'))
    const other = queue.receive({ ...asked, max: 1 }).then(() => order.push('other'))
    const kept = database.begin()
    await queue.ahead.send({ bodies: [{ first: 1, weight: 1 }] })
    await ahead
    await queue.ahead.send({ bodies: [{ first: 2, weight: 1 }] })
    await Promise.all([kept().then(() => order.push('kept')), other])
    expect(order).toEqual(['ahead', 'kept', 'other'])
  })

  it('gives back what it handed out where the turn’s writes are taken back', async () => {
    const { queue, database } = fresh(time)
    const gate = database.prepare('INSERT INTO pointers VALUES (1)')
    await database.write(() => gate.run())
    await queue.send({ bodies: [{ first: 1, weight: 1 }] })
    const failing = queue.send({ bodies: [{ first: 2, weight: 1 }] })
    const received = queue.receive(asked)
    await new Promise<void>(process.nextTick)
    await Promise.allSettled([failing, expect(database.write(() => gate.run())).rejects.toThrow()])
    await expect(failing).rejects.toThrow()
    expect(await received).toEqual([])
    const again = await queue.receive({ ...asked, wait: 0 })
    expect(again.map(({ body }) => body.first)).toContain(1)
  })
})
