import { expect, test } from 'vitest'
import { createMappedQueue } from '../../../lib/aws/queue/mapped-queue.ts'
import type { Queue, Receipt } from '../../../lib/engine/ports/queue.ts'

function begin() {
  const deleted: Receipt[] = []
  const queue: Queue<never> = {
    send: async () => undefined,
    receive: async () => [],
    delay: async () => undefined,
    delete: async ({ receipts }) => void deleted.push(...receipts),
  }
  return { queue: createMappedQueue(queue), deleted }
}

test('what is done is left to the mapping, and the rest comes again', async () => {
  const { queue, deleted } = begin()
  queue.map(['a', 'b', 'c'])
  await queue.delete({ receipts: ['a', 'c'] })
  expect(queue.unmap(['a', 'b', 'c'])).toEqual(['b'])
  expect(deleted).toEqual([])
})

test('what did not come through the mapping is deleted at once', async () => {
  const { queue, deleted } = begin()
  queue.map(['a'])
  await queue.delete({ receipts: ['a', 'guest'] })
  expect(deleted).toEqual(['guest'])
})

test('where the rest goes on for long, what is done goes before it is seen again', async () => {
  const { queue, deleted } = begin()
  queue.map(['a', 'b'])
  await queue.delete({ receipts: ['a'] })
  await queue.delay({ receipts: ['b'], delay: 60_000 })
  expect(deleted).toEqual(['a'])
  expect(queue.unmap(['a', 'b'])).toEqual(['b'])
})
