import type { GateVerbs } from '../engine/ports/job-store.ts'
import type { Edge, Gate, Watch } from '../engine/records/gate.ts'
import type { Database } from './database.ts'
import type { Emit } from './job-store.ts'
import type { Row } from './statement.ts'

/** Submissions of which it is remembered that others wait for them; beyond that each is looked up. */
const MAX_REMEMBERED = 100_000

/** Gates as JSON; pointers, watches and edges as rows. */
export function createGateRecords(database: Database, emit: Emit): GateVerbs {
  const getGate = database.prepare('SELECT gate FROM gates WHERE id = ?')
  const addGate = database.prepare('INSERT INTO gates VALUES (?, 1, ?) ON CONFLICT DO NOTHING')
  const changeGate = database.prepare('UPDATE gates SET version = ?, gate = ? WHERE id = ? AND version = ?')
  const addPointer = database.prepare('INSERT INTO pointers VALUES (?) ON CONFLICT DO NOTHING')
  const dropPointer = database.prepare('DELETE FROM pointers WHERE gate = ?')
  const listPointers = database.prepare('SELECT gate FROM pointers WHERE gate > ? ORDER BY gate LIMIT ?')
  const addWatch = database.prepare('INSERT INTO watches VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
  const dropWatch = database.prepare('DELETE FROM watches WHERE submission = ? AND jid = ? AND gate = ?')
  const addEdge = database.prepare('INSERT INTO edges VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
  const watchesIn = database.prepare('SELECT jid, gate FROM watches WHERE submission = ? AND jid >= ? AND jid < ?')
  const edgesOver = database.prepare(
    'SELECT first, count, gate FROM edges WHERE submission = ? AND first < ? AND first + count > ?',
  )
  // Each job that ends asks who waits for it, and mostly nobody does: that is to cost nothing.
  const waitedFor = new Set(
    database
      .prepare('SELECT submission FROM watches UNION SELECT submission FROM edges LIMIT ?')
      .all(MAX_REMEMBERED + 1)
      .map(row => Number(row[0])),
  )
  const remember = (submission: number): void => {
    if (waitedFor.size <= MAX_REMEMBERED) waitedFor.add(submission)
  }
  const isWaitedFor = (submission: number): boolean => waitedFor.size > MAX_REMEMBERED || waitedFor.has(submission)

  return {
    getGates({ ids }) {
      return database.read(() => ids.map(id => gateFrom(getGate.get(id))))
    },
    putGate({ gate }) {
      return database.write(() => {
        const { id, version } = gate
        const text = JSON.stringify(gate)
        const kept = version === 1 ? addGate.run(id, text) : changeGate.run(version, text, id, version - 1)
        if (kept > 0) emit([{ kind: 'gate', gate }])
        return kept > 0
      })
    },
    putPointer({ gate }) {
      return database.write(() => void addPointer.run(gate))
    },
    deletePointer({ gate }) {
      return database.write(() => void dropPointer.run(gate))
    },
    pointers({ after, limit }) {
      return database.read(() => listPointers.all(after, limit).map(row => Number(row[0])))
    },
    putWatch({ watch: { submission, jid, gate } }) {
      remember(submission)
      return database.write(() => void addWatch.run(submission, jid, gate))
    },
    deleteWatches({ watches }) {
      return database.write(() => {
        for (const { submission, jid, gate } of watches) dropWatch.run(submission, jid, gate)
      })
    },
    putEdges({ edges }) {
      for (const { submission } of edges) remember(submission)
      return database.write(() => {
        for (const { submission, gate, range } of edges) addEdge.run(submission, gate, range[0], range[1])
      })
    },
    dependents({ of: all }) {
      const of = all.filter(one => isWaitedFor(one.submission))
      return database.read(() => {
        const watches: Watch[] = []
        // An edge that two of the ranges meet is told once.
        const edges = new Map<string, Edge>()
        for (const { submission, ranges } of of) {
          for (const [from, many] of ranges) {
            for (const row of watchesIn.all(submission, from, from + many)) {
              const [jid, gate] = row as [number, number]
              watches.push({ submission, jid, gate })
            }
            for (const row of edgesOver.all(submission, from + many, from)) {
              const [first, count, gate] = row as [number, number, number]
              edges.set(`${submission}#${gate}#${first}#${count}`, { submission, range: [first, count], gate })
            }
          }
        }
        return { watches, edges: [...edges.values()] }
      })
    },
  }
}

function gateFrom(row: Row | undefined): Gate | undefined {
  if (row === undefined) return undefined
  // JSON has no word for a cause that is not there.
  return { cause: undefined, ...(JSON.parse(row[0] as string) as Omit<Gate, 'cause'>) }
}
