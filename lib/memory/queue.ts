import type { Clock } from '../engine/ports/clock.ts'
import { MAX_BACKLOG, type Queue, type Receipt, type Received } from '../engine/ports/queue.ts'
import type { Timers } from '../engine/ports/timers.ts'
import { createHeap } from './heap.ts'
import { weightsBefore } from './weights-before.ts'

/** A message, and while it is in flight what its receiver got. A later receiver gets another, so that the first one's is void. */
interface Message<Body> extends Received<Body> {
  receipt: number
  /** When it is visible again. */
  until: number
}

interface Waiting<Body> {
  readonly take: () => readonly Received<Body>[]
  readonly resolve: (received: readonly Received<Body>[]) => void
  cancel: (() => void) | undefined
}

/**
 * A queue of one process: first in, first out, but for what is delayed. A message is ready, delayed (in a heap by time),
 * or in flight (by receipt, until its time is over, when it is ready again). Receivers that wait are served once the
 * sender's turn of the event loop is over: by then its other writes are done too, and its messages come as one batch.
 */
export function createQueue<Body extends { readonly weight?: number } | object>(ports: {
  clock: Pick<Clock, 'now'>
  timers: Pick<Timers, 'after' | 'soon'>
}): Queue<Body> {
  const { clock, timers } = ports
  const ready: Message<Body>[] = []
  let head = 0
  const delayed = createHeap<Message<Body>>()
  const flights = new Map<Receipt, Message<Body>>()
  const waiting: Waiting<Body>[] = []
  let receipts = 0
  let serving = false
  let alarm: { readonly at: number; readonly cancel: () => void } | undefined

  function serveSoon(): void {
    if (serving || waiting.length === 0) return
    serving = true
    timers.soon(() => {
      serving = false
      while (waiting.length > 0 && head < ready.length) {
        const next = waiting.shift() as Waiting<Body>
        next.cancel?.()
        next.resolve(next.take())
      }
    })
  }

  function take(max: number, weight: number, visibility: number): readonly Received<Body>[] {
    const taken: Received<Body>[] = []
    const until = clock.now() + visibility
    let sum = 0
    while (taken.length < max && sum < weight && head < ready.length) {
      const message = ready[head++] as Message<Body>
      message.receipt = ++receipts
      message.until = until
      flights.set(receipts, message)
      taken.push(message)
      sum += (message.body as { readonly weight?: number }).weight ?? 1
    }
    // Moving the rest down once half is taken keeps this linear in the messages, and the array no longer than twice the rest.
    if (head > 1_000 && head * 2 > ready.length) {
      ready.splice(0, head)
      head = 0
    } else if (head === ready.length) {
      ready.length = 0
      head = 0
    }
    setAlarm(until)
    return taken
  }

  function setAlarm(at: number): void {
    if (alarm !== undefined && alarm.at <= at) return
    alarm?.cancel()
    alarm = { at, cancel: timers.after({ ms: Math.max(0, at - clock.now()) }, ring) }
  }

  function ring(): void {
    alarm = undefined
    const now = clock.now()
    while (delayed.size > 0 && delayed.time() <= now) ready.push(delayed.pop())
    let earliest = delayed.size > 0 ? delayed.time() : Number.POSITIVE_INFINITY
    for (const [receipt, flight] of flights) {
      if (flight.until > now) earliest = Math.min(earliest, flight.until)
      else {
        flights.delete(receipt)
        ready.push({ ...flight })
      }
    }
    if (earliest < Number.POSITIVE_INFINITY) setAlarm(earliest)
    serveSoon()
  }

  function put(message: Message<Body>, at: number): void {
    if (at <= clock.now()) ready.push(message)
    else {
      delayed.push(at, message)
      setAlarm(at)
    }
  }

  return {
    async send({ bodies, delay = 0 }) {
      const sent = clock.now()
      for (const body of bodies) put({ body, sent, receipt: 0, until: 0 }, sent + delay)
      serveSoon()
    },
    receive({ max, weight = Number.POSITIVE_INFINITY, visibility, wait }) {
      if (head < ready.length || wait <= 0) return Promise.resolve(take(max, weight, visibility))
      return new Promise(resolve => {
        const entry: Waiting<Body> = { take: () => take(max, weight, visibility), resolve, cancel: undefined }
        waiting.push(entry)
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
        if (flight === undefined) continue
        // Its receipt stays good until it is received again, so it is still a flight: with another end.
        flight.until = clock.now() + delay
        setAlarm(flight.until)
      }
    },
    async delete({ receipts: names }) {
      for (const receipt of names) flights.delete(receipt)
    },
    async backlog({ chunks }) {
      const before = weightsBefore(chunks, ready.slice(head, head + MAX_BACKLOG))
      return { waiting: ready.length - head + delayed.size, inFlight: flights.size, before }
    },
  }
}
