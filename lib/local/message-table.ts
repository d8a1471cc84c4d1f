import type { Access, Database } from './database.ts'

/** As the table has it. */
export interface Message<Body> {
  /** From when on it is visible: epoch milliseconds. */
  readonly ready: number
  readonly id: number
  readonly sent: number
  readonly body: Body
}

/** Messages of one read. */
const PAGE = 100
/** Messages of one send, and of one transaction, up to which none is written before the commit. */
const FEW = 10
const MAX_FRESH = 100

/**
 * The messages of a queue, and a place among them that moves on as they are taken: from there on are those that nobody took yet.
 *
 * A message is fresh until the transaction is over in which it was sent, and is written only then: one that is removed before takes
 * no row. What the table is known to have nothing of is not looked for there.
 */
export interface MessageTable<Body> {
  /** Where the place stands: messages may not be ready before. */
  readonly place: number
  /** To be called within a write of this access. */
  add(access: Access, messages: readonly { readonly ready: number; readonly sent: number; readonly body: Body }[]): void
  /** The next ones that are ready, in their order: some of them, or none where there are none. */
  page(now: number): readonly Message<Body>[]
  /** How many there are, ready or not, and the first ones of them in their order. */
  count(): number
  next(max: number): readonly Message<Body>[]
  /** This one, the first of the page, was taken. */
  pass(message: Message<Body>): void
  /** To be called within a write. */
  remove(message: Message<Body>): void
  /** When the next one is ready that nobody took; perhaps said too early, never too late. Infinity: there is none. */
  nextReady(now: number): number
}

export function createMessageTable<Body>(database: Database, name: string): MessageTable<Body> {
  const insert = database.prepare('INSERT INTO messages VALUES (?, ?, ?, ?, ?)')
  const drop = database.prepare('DELETE FROM messages WHERE queue = ? AND ready = ? AND id = ?')
  // SQLite would compile it anew for each value of a limit that is a parameter.
  const after = database.prepare(`
    SELECT ready, id, sent, body FROM messages
    WHERE queue = ? AND (ready, id) > (?, ?) AND ready <= ? ORDER BY ready, id LIMIT ${PAGE}`)
  const firstAfter = database.prepare(
    'SELECT ready FROM messages WHERE queue = ? AND (ready, id) > (?, ?) ORDER BY ready, id LIMIT 1',
  )
  const all = database.prepare(
    'SELECT ready, id, sent, body FROM messages WHERE queue = ? AND (ready, id) > (?, ?) ORDER BY ready, id LIMIT ?',
  )
  const counted = database.prepare('SELECT count(*) FROM messages WHERE queue = ? AND (ready, id) > (?, ?)')
  let lastId = Number(database.prepare('SELECT max(id) FROM messages WHERE queue = ?').get(name)?.[0] ?? 0)
  let place = { ready: 0, id: 0 }
  const fresh = new Map<number, Message<Body>>()
  const pending = { write, forget: () => fresh.clear() }
  /** No row behind the place is ready before. */
  let nothingBefore = 0

  function write(): void {
    for (const message of fresh.values()) writeOne(message)
    fresh.clear()
  }

  function writeOne({ ready, id, sent, body }: Message<Body>): void {
    insert.run(name, ready, id, sent, JSON.stringify(body))
    if (isAhead({ ready, id })) nothingBefore = Math.min(nothingBefore, ready)
  }

  const isAhead = ({ ready, id }: Pick<Message<Body>, 'ready' | 'id'>): boolean =>
    ready > place.ready || (ready === place.ready && id > place.id)

  return {
    get place() {
      return place.ready
    },
    add(access, messages) {
      const areFew = messages.length <= FEW && fresh.size + messages.length <= MAX_FRESH
      if (areFew) access.join(pending)
      for (const one of messages) {
        const message = { ...one, id: ++lastId }
        if (areFew) fresh.set(message.id, message)
        else writeOne(message)
      }
    },
    page(now) {
      if (now < nothingBefore) return inOrder([...fresh.values()].filter(one => one.ready <= now && isAhead(one)))
      // Both at once would have to be merged.
      if (fresh.size > 0) write()
      return after.all(name, place.ready, place.id, now).map(messageOf<Body>)
    },
    count() {
      return Number(counted.get(name, place.ready, place.id)?.[0]) + [...fresh.values()].filter(isAhead).length
    },
    next(max) {
      const kept = all.all(name, place.ready, place.id, max).map(messageOf<Body>)
      return inOrder([...kept, ...[...fresh.values()].filter(isAhead)]).slice(0, max)
    },
    pass({ ready, id }) {
      place = { ready, id }
    },
    remove({ ready, id }) {
      if (!fresh.delete(id)) drop.run(name, ready, id)
    },
    nextReady(now) {
      if (nothingBefore <= now) {
        const row = firstAfter.get(name, place.ready, place.id)
        nothingBefore = (row?.[0] as number | undefined) ?? Number.POSITIVE_INFINITY
      }
      let next = nothingBefore
      for (const message of fresh.values()) if (isAhead(message)) next = Math.min(next, message.ready)
      return next
    },
  }
}

function messageOf<Body>(row: readonly unknown[]): Message<Body> {
  const [ready, id, sent, body] = row as [number, number, number, string]
  return { ready, id, sent, body: JSON.parse(body) as Body }
}

function inOrder<Body>(messages: Message<Body>[]): readonly Message<Body>[] {
  return messages.length < 2 ? messages : messages.sort((one, other) => one.ready - other.ready || one.id - other.id)
}
