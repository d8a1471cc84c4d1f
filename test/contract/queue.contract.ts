import { describe, expect, it } from 'vitest'
import type { Queue } from '../../lib/engine/ports/queue.ts'

export interface QueueUnderTest {
  readonly queue: Queue<{ readonly first: number; readonly weight: number }>
  /** Lets milliseconds pass: of a clock that the adapter was given, or of the real one. */
  advance(ms: number): Promise<void>
  /** False: nobody knows which message comes next. Default true. */
  readonly ordered?: false
}

const body = (first: number, weight = 1) => ({ first, weight })
const take = { max: 10, visibility: 60_000, wait: 0 }

/** What every queue does: at least once, nothing lost, invisible while in flight. */
export function queueContract(name: string, make: () => Promise<QueueUnderTest>): void {
  describe(`${name} is a queue`, () => {
    it('hands out what was sent, with the time of sending', async () => {
      const { queue } = await make()
      await queue.send({ bodies: [body(1), body(2)] })
      const received = await queue.receive(take)
      expect(received.map(one => one.body.first).sort()).toEqual([1, 2])
      expect(new Set(received.map(one => one.receipt)).size).toBe(2)
      for (const { sent } of received) expect(sent).toBeGreaterThan(0)
    })

    it('has nothing for an empty queue, and takes an empty send', async () => {
      const { queue } = await make()
      await queue.send({ bodies: [] })
      expect(await queue.receive(take)).toEqual([])
    })

    it('hands out at most `max`', async () => {
      const { queue } = await make()
      await queue.send({ bodies: [body(1), body(2), body(3)] })
      expect(await queue.receive({ ...take, max: 2 })).toHaveLength(2)
      expect(await queue.receive({ ...take, max: 2 })).toHaveLength(1)
    })

    it('keeps a message in flight invisible, and shows it again when its time is over', async () => {
      const { queue, advance } = await make()
      await queue.send({ bodies: [body(1)] })
      const [first] = await queue.receive({ ...take, visibility: 2_000 })
      expect(await queue.receive(take)).toEqual([])
      await advance(2_100)
      const [again] = await queue.receive(take)
      expect(again?.body).toEqual(body(1))
      expect(again?.sent).toBe(first?.sent)
    })

    it('tells how many messages wait, and how many are in flight', async () => {
      const { queue } = await make()
      const looked = async () => {
        const { waiting, inFlight } = (await queue.backlog?.({ chunks: [] })) ?? {}
        return [waiting, inFlight]
      }
      expect(await looked()).toEqual([0, 0])
      await queue.send({ bodies: [body(1), body(2), body(3)] })
      await queue.send({ bodies: [body(4)], delay: 60_000 })
      expect(await looked()).toEqual([4, 0])
      const received = await queue.receive({ ...take, max: 2 })
      expect(await looked()).toEqual([4 - received.length, received.length])
      await queue.delete({ receipts: received.map(one => one.receipt) })
      await expect.poll(looked).toEqual([4 - received.length, 0])
    })

    it('tells what comes before a chunk, if it keeps an order', async () => {
      const { queue, ordered } = await make()
      await queue.send({ bodies: [body(1, 100), body(101, 30), body(201)] })
      const { before } = (await queue.backlog?.({ chunks: [101, 201, 301] })) ?? {}
      const expected =
        ordered === false
          ? []
          : [
              [101, 100],
              [201, 130],
            ]
      expect([...(before ?? [])]).toEqual(expected)
    })

    it('never shows a deleted message again', async () => {
      const { queue, advance } = await make()
      await queue.send({ bodies: [body(1), body(2)] })
      const received = await queue.receive({ ...take, visibility: 1_000 })
      await queue.delete({ receipts: received.map(one => one.receipt) })
      await advance(1_500)
      expect(await queue.receive(take)).toEqual([])
    })

    it('delays a message that is sent with a delay, and counts its age from the sending', async () => {
      const { queue, advance } = await make()
      await queue.send({ bodies: [body(1)], delay: 2_000 })
      await queue.send({ bodies: [body(2)] })
      expect((await queue.receive(take)).map(one => one.body.first)).toEqual([2])
      await advance(2_100)
      expect((await queue.receive(take)).map(one => one.body.first)).toEqual([1])
    })

    it('extends and cuts short how long a message stays invisible', async () => {
      const { queue, advance } = await make()
      await queue.send({ bodies: [body(1), body(2)] })
      const received = await queue.receive({ ...take, visibility: 2_000 })
      const receiptOf = (first: number) => received.find(one => one.body.first === first)?.receipt ?? ''
      await queue.delay({ receipts: [receiptOf(1)], delay: 60_000 })
      await queue.delay({ receipts: [receiptOf(2)], delay: 0 })
      await advance(0)
      const [now] = await queue.receive(take)
      expect(now?.body.first).toBe(2)
      await advance(2_100)
      expect(await queue.receive(take)).toEqual([])
    })

    it('ignores receipts that are void', async () => {
      const { queue, advance } = await make()
      await queue.send({ bodies: [body(1)] })
      const [old] = await queue.receive({ ...take, visibility: 1_000 })
      await advance(1_500)
      const [current] = await queue.receive({ ...take, visibility: 1_000 })
      await queue.delete({ receipts: [old?.receipt ?? ''] })
      await queue.delay({ receipts: [old?.receipt ?? ''], delay: 60_000 })
      await advance(1_500)
      expect(await queue.receive(take)).toHaveLength(1)
      expect(current?.receipt).not.toBe(old?.receipt)
    })

    it('waits for the first message up to `wait`', async () => {
      const { queue, advance } = await make()
      const early = queue.receive({ ...take, wait: 5_000 })
      await queue.send({ bodies: [body(7)] })
      await advance(0)
      expect((await early).map(one => one.body.first)).toEqual([7])
      const none = queue.receive({ ...take, wait: 1_000 })
      await advance(1_100)
      expect(await none).toEqual([])
    })

    it('serves several receivers, each message once', async () => {
      const { queue, advance } = await make()
      const both = [queue.receive({ ...take, max: 1, wait: 2_000 }), queue.receive({ ...take, max: 1, wait: 2_000 })]
      await queue.send({ bodies: [body(1), body(2)] })
      await advance(0)
      const firsts = (await Promise.all(both)).flat().map(one => one.body.first)
      expect(firsts.sort()).toEqual([1, 2])
    })

    it('loses none of many, sent and taken in bits', async () => {
      const { queue } = await make()
      const all = Array.from({ length: 2_500 }, (_, index) => index)
      for (let at = 0; at < all.length; at += 500) {
        await queue.send({ bodies: all.slice(at, at + 500).map(first => body(first)) })
      }
      const seen = new Set<number>()
      for (let received = await queue.receive(take); received.length > 0; received = await queue.receive(take)) {
        for (const one of received) seen.add(one.body.first)
        await queue.delete({ receipts: received.map(one => one.receipt) })
      }
      expect(seen.size).toBe(all.length)
    })
  })
}
