import type { Clock } from '../engine/ports/clock.ts'
import { MAX_BACKLOG, type Queue, type Receipt, type Received } from '../engine/ports/queue.ts'
import type { Timers } from '../engine/ports/timers.ts'
import { weightsBefore } from '../memory/weights-before.ts'
import type { Access, Database } from './database.ts'
import { createMessageTable, type Message } from './message-table.ts'

export interface QueueOptions {
  readonly database: Database
  /** Which of the database's queues. */
  readonly name: string
  readonly clock: Pick<Clock, 'now'>
  readonly timers: Pick<Timers, 'after' | 'soon'>
}

export interface LocalQueue<Body> extends Queue<Body> {
  /** The same queue, whose verbs run ahead of what is kept. */
  readonly ahead: Queue<Body>
}

/** One that somebody received. */
interface Flight<Body> extends Message<Body> {
  /** When it is visible again. */
  until: number
}

/** Somebody who waits for messages: told through the access by which it asked. */
interface Waiting<Body> {
  readonly access: Access
  readonly take: () => readonly Received<Body>[]
  readonly resolve: (received: readonly Received<Body>[]) => void
  cancel: (() => void) | undefined
}

/**
 * A queue in a table, in the order in which its messages are ready. A place in that order divides it: behind it are the messages
 * in flight, which this process alone knows; from it on those that nobody received yet. So a message costs one insert and
 * one delete at most, the memory holds only what is in flight, and what a process held that died is ready for the next one.
 */
export function createQueue<Body extends { readonly weight?: number } | object>(
  options: QueueOptions,
): LocalQueue<Body> {
  const { database, name, clock, timers } = options
  const table = createMessageTable<Body>(database, name)
  let receipts = 0
  const flights = new Map<Receipt, Flight<Body>>()
  /** Flights that came to an end: first in line. */
  let over: Flight<Body>[] = []
  /** No flight ends before. */
  let earliest = Number.POSITIVE_INFINITY
  const waiting: Waiting<Body>[] = []
  let serving = false
  let alarm: { readonly at: number; readonly cancel: () => void } | undefined

  function land(now: number): void {
    if (now < earliest) return
    earliest = Number.POSITIVE_INFINITY
    for (const [receipt, flight] of flights) {
      if (flight.until > now) earliest = Math.min(earliest, flight.until)
      else if (flights.delete(receipt)) over.push(flight)
    }
  }

  function putOff(flight: Flight<Body>, until: number): void {
    flight.until = until
    earliest = Math.min(earliest, until)
  }

  function take(max: number, weight: number, visibility: number): readonly Received<Body>[] {
    const now = clock.now()
    land(now)
    const taken: Received<Body>[] = []
    let sum = 0
    const isFull = (): boolean => taken.length >= max || sum >= weight
    const fly = (message: Message<Body>): void => {
      const receipt = ++receipts
      const flight = { ...message, until: 0 }
      putOff(flight, now + visibility)
      flights.set(receipt, flight)
      taken.push({ body: flight.body, sent: flight.sent, receipt })
      sum += (flight.body as { readonly weight?: number }).weight ?? 1
    }
    let again = 0
    while (!isFull() && again < over.length) fly(over[again++] as Flight<Body>)
    over = over.slice(again)
    while (!isFull()) {
      const page = table.page(now)
      if (page.length === 0) break
      for (const message of page) {
        if (isFull()) break
        table.pass(message)
        fly(message)
      }
    }
    return taken
  }

  /** When something is next visible that is not now. */
  function setAlarm(): void {
    const at = over.length > 0 ? 0 : Math.min(table.nextReady(clock.now()), earliest)
    if (at === Number.POSITIVE_INFINITY || (alarm !== undefined && alarm.at <= at)) return
    alarm?.cancel()
    const ring = (): void => {
      alarm = undefined
      serveSoon()
    }
    alarm = { at, cancel: timers.after({ ms: Math.max(0, at - clock.now()) }, ring) }
  }

  /** Once the sender's turn is over: by then its other writes are done too, and its messages come as one batch. */
  function serveSoon(): void {
    if (serving || waiting.length === 0) return
    serving = true
    timers.soon(() => {
      serving = false
      database.ahead.read(serve).catch(() => undefined)
    })
  }

  function serve(): void {
    for (let entry = waiting[0]; entry !== undefined; entry = waiting[0]) {
      const { access, resolve, cancel } = entry
      const taken = entry.take()
      if (taken.length === 0) return setAlarm()
      waiting.shift()
      cancel?.()
      access
        .read(() => taken)
        .then(resolve, () => {
          putBack(taken)
          resolve([])
        })
    }
  }

  /** What was sent in a turn whose writes were taken back is void: its receiver finds nothing behind it. */
  function putBack(taken: readonly Received<Body>[]): void {
    for (const { receipt } of taken) {
      const flight = flights.get(receipt)
      if (flight === undefined) continue
      flights.delete(receipt)
      over.push(flight)
    }
    serveSoon()
  }

  const through = (access: Access): Queue<Body> => ({
    send({ bodies, delay = 0 }) {
      if (bodies.length === 0) return Promise.resolve()
      return access.write(() => {
        const sent = clock.now()
        // Never before the place up to which the messages are taken, should the clock run backwards.
        const ready = Math.max(sent + delay, table.place)
        table.add(
          access,
          bodies.map(body => ({ ready, sent, body })),
        )
        serveSoon()
      })
    },
    async receive({ max, weight = Number.POSITIVE_INFINITY, visibility, wait }) {
      if (wait <= 0) return await access.read(() => take(max, weight, visibility))
      return await new Promise(resolve => {
        const entry: Waiting<Body> = {
          access,
          take: () => take(max, weight, visibility),
          resolve,
          cancel: undefined,
        }
        waiting.push(entry)
        serveSoon()
        if (wait === Number.POSITIVE_INFINITY) return
        entry.cancel = timers.after({ ms: wait }, () => {
          waiting.splice(waiting.indexOf(entry), 1)
          resolve([])
        })
      })
    },
    async delay({ receipts: names, delay }) {
      for (const receipt of names) {
        const flight = flights.get(receipt)
        if (flight !== undefined) putOff(flight, clock.now() + delay)
      }
      if (waiting.length > 0) setAlarm()
    },
    delete({ receipts: names }) {
      return access.write(() => {
        for (const receipt of names) {
          const flight = flights.get(receipt)
          if (flight === undefined) continue
          table.remove(flight)
          access.afterwards(() => flights.delete(receipt))
        }
      })
    },
    backlog: ({ chunks }) =>
      access.read(() => {
        land(clock.now())
        const next = chunks.length === 0 ? [] : [...over, ...table.next(MAX_BACKLOG)]
        const before = weightsBefore(chunks, next)
        return { waiting: over.length + table.count(), inFlight: flights.size, before }
      }),
  })
  return { ...through(database), ahead: through(database.ahead) }
}
