import { describe, expect, test } from 'vitest'
import type { Ended } from '../../lib/worker/done-frame.ts'
import { Flight } from '../../lib/worker/flight.ts'
import type { Family } from '../../lib/worker/kind.ts'
import { Line } from '../../lib/worker/line.ts'
import type { Ticket } from '../../lib/worker/ticket.ts'

function tickets(from: number, count: number): Ticket[] {
  return Array.from({ length: count }, (_, index) => ({ sequence: from + index, state: 'pending' }) as Ticket)
}

const numbersOf = (list: readonly Ticket[]): number[] => list.map(({ sequence }) => sequence)
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

describe('in which somebody always waits', () => {
  test('a line serves thousands in their order', () => {
    const line = new Line({} as Family, 0)
    line.push(tickets(0, 10))
    const served: number[] = []
    for (let from = 10; from < 5_000; from += 10) {
      line.push(tickets(from, 10))
      served.push(...numbersOf(line.take(10)))
      expect(line.size).toBe(10)
    }
    served.push(...numbersOf(line.take(10)))
    expect(served).toEqual(upTo(5_000))
    expect(line.first).toBeUndefined()
  })

  test('a line takes some back to its head after many have left', () => {
    const line = new Line({} as Family, 0)
    line.push(tickets(0, 600))
    line.take(400)
    line.putBack(tickets(1_000, 2))
    expect(numbersOf(line.take(3))).toEqual([1_000, 1_001, 400])
  })

  test('a child’s thousands land in their order', () => {
    const flight = new Flight()
    flight.push(tickets(0, 10))
    const landed: number[] = []
    for (let from = 10; from < 5_000; from += 10) {
      flight.push(tickets(from, 10))
      const ended = Array.from({ length: 10 }, (_, index) => ({ sequence: from - 10 + index }) as Ended)
      landed.push(...numbersOf(flight.land(ended).map(({ ticket }) => ticket)))
      expect(flight.size).toBe(10)
      expect(flight.batches).toBe(1)
      expect(flight.first?.sequence).toBe(from)
    }
    expect(landed).toEqual(upTo(4_990))
  })
})
