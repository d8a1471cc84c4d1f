import { describe, expect, test } from 'vitest'
import type { Work } from '../../lib/engine/ports/launcher.ts'
import { Flight } from '../../lib/worker/flight.ts'
import type { Family, Kind } from '../../lib/worker/kind.ts'
import { Line } from '../../lib/worker/line.ts'
import { PoolLaunch } from '../../lib/worker/pool-launch.ts'
import type { Ticket } from '../../lib/worker/ticket.ts'

const unheard = () => undefined
const owner = { kill: unheard, abandoned: unheard, ended: unheard }
const reports = { started: unheard, output: unheard, finished: unheard, returned: unheard }

/** The tickets of a launch, as if they had been sent with sequence numbers from `from` on. */
function ticketsOf(jobs: Work['jobs'], from: number): Ticket[] {
  const { tickets } = new PoolLaunch({ first: 1, jobs } as Work, reports, { alone: false } as Kind, owner)
  let sequence = from
  for (const ticket of tickets) {
    ticket.sequence = sequence
    sequence += ticket.count
  }
  return [...tickets]
}

/** One ticket for so many jobs. */
function together(from: number, count: number): Ticket {
  const jobs = Array.from({ length: count }, (_, offset) => ({ offset, tries: 1 }))
  return ticketsOf(jobs, from)[0] as Ticket
}

/** A ticket for each of so many jobs. */
function apart(from: number, count: number): Ticket[] {
  return Array.from({ length: count }, (_, nth) => together(from + nth, 1))
}

const numbersOf = (list: readonly Ticket[]): number[] =>
  list.flatMap(({ sequence, count }) => Array.from({ length: count }, (_, nth) => sequence + nth))
const countsOf = (list: readonly Ticket[]): number[] => list.map(({ count }) => count)
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

test('a launch has a ticket for all that are consecutive, and run for the same time', () => {
  const jobs = [0, 1, 2, 4, 5, 6, 7].map(offset => ({ offset, tries: offset < 6 ? 1 : 2 }))
  const tickets = ticketsOf(jobs, 0)
  expect(tickets.map(({ offset, count, tries }) => [offset, count, tries])).toEqual([
    [0, 3, 1],
    [4, 2, 1],
    [6, 2, 2],
  ])
})

describe('in which somebody always waits', () => {
  test('a line serves thousands in their order', () => {
    const line = new Line({} as Family, 0)
    line.push(apart(0, 10))
    const served: number[] = []
    for (let from = 10; from < 5_000; from += 10) {
      line.push(apart(from, 10))
      served.push(...numbersOf(line.take(10)))
      expect(line.size).toBe(10)
    }
    served.push(...numbersOf(line.take(10)))
    expect(served).toEqual(upTo(5_000))
    expect(line.first).toBeUndefined()
  })

  test('a line takes some back to its head after many have left', () => {
    const line = new Line({} as Family, 0)
    line.push(apart(0, 600))
    line.take(400)
    line.putBack(apart(1_000, 2))
    expect(numbersOf(line.take(3))).toEqual([1_000, 1_001, 400])
  })

  test('a child’s thousands land in their order', () => {
    const flight = new Flight()
    flight.push(apart(0, 10))
    const landed: number[] = []
    for (let from = 10; from < 5_000; from += 10) {
      flight.push(apart(from, 10))
      landed.push(...numbersOf(flight.land({ sequence: from - 10, count: 10 }).map(({ ticket }) => ticket)))
      expect(flight.size).toBe(10)
      expect(flight.batches).toBe(1)
      expect(flight.first?.sequence).toBe(from)
    }
    expect(landed).toEqual(upTo(4_990))
  })
})

describe('of jobs that go together', () => {
  test('a line gives whole tickets where they fit, and parts of the first where it does not', () => {
    const line = new Line({} as Family, 0)
    line.push([together(0, 100), together(100, 100), together(200, 100)])
    expect(countsOf(line.take(250))).toEqual([100, 100])
    expect([line.size, countsOf(line.take(30)), line.size]).toEqual([100, [30], 70])
    expect(numbersOf(line.take(100))).toEqual(upTo(300).slice(230))
    expect([line.size, line.first]).toEqual([0, undefined])
  })

  test('those that must be alone leave one by one', () => {
    const line = new Line({} as Family, 0)
    const ticket = together(0, 3)
    ticket.alone = true
    line.push([together(10, 2), ticket])
    expect(countsOf(line.take(10))).toEqual([2])
    expect([countsOf(line.take(10)), countsOf(line.take(10)), line.size]).toEqual([[1], [1], 1])
  })

  test('one of a line is taken out of its middle, and the others keep their order', () => {
    const line = new Line({} as Family, 0)
    const ticket = together(0, 5)
    line.push([ticket, together(5, 2)])
    const one = line.single(ticket, 2)
    expect([one.offset, one.count, line.size]).toEqual([2, 1, 7])
    one.state = 'ended'
    expect(numbersOf(line.take(10))).toEqual([0, 1, 3, 4, 5, 6])
    expect(line.size).toBe(0)
  })

  test('a part of them lands, the rest goes on', () => {
    const flight = new Flight()
    flight.push([together(0, 100), together(100, 100)])
    const landed = flight.land({ sequence: 0, count: 130 })
    expect(landed.map(({ ticket, at }) => [ticket.sequence, ticket.count, at])).toEqual([
      [0, 100, 0],
      [100, 30, 100],
    ])
    expect([flight.size, flight.batches, flight.first?.sequence]).toEqual([70, 1, 130])
    expect(flight.land({ sequence: 130, count: 70 })).toHaveLength(1)
    expect([flight.size, flight.batches]).toEqual([0, 0])
  })

  test('what a child says of jobs that are not its first is not believed', () => {
    const flight = new Flight()
    flight.push([together(10, 10)])
    const landed = flight.land({ sequence: 8, count: 4 })
    expect(landed.map(({ ticket, at }) => [ticket.sequence, ticket.count, at])).toEqual([[10, 2, 2]])
    expect(flight.land({ sequence: 14, count: 3 })).toEqual([])
    expect(flight.size).toBe(8)
  })

  test('those of a child are taken back from the middle of one to the middle of another', () => {
    const flight = new Flight()
    flight.push([together(0, 10)])
    flight.push([together(10, 10), together(20, 10)])
    expect(numbersOf(flight.cut(5, 24))).toEqual(upTo(25).slice(5))
    expect([flight.size, flight.batches]).toEqual([10, 2])
    expect(numbersOf(flight.clear())).toEqual([...upTo(5), ...upTo(30).slice(25)])
    expect([flight.size, flight.batches]).toEqual([0, 0])
  })

  test('one of a child’s is found by itself, and the same the next time', () => {
    const flight = new Flight()
    flight.push([together(0, 10)])
    const one = flight.of(4)
    expect([one?.sequence, one?.count, flight.size]).toEqual([4, 1, 10])
    expect(flight.of(4)).toBe(one)
    expect(flight.running?.count).toBe(1)
    expect(flight.of(10)).toBeUndefined()
    expect(numbersOf(flight.clear())).toEqual(upTo(10))
  })
})
