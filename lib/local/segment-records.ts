import type { JobStore, NewSegment } from '../engine/ports/job-store.ts'
import {
  BLOCK,
  blockOf,
  chunksOf,
  type Part,
  type Segment,
  type StoredRun,
  type StoredSegment,
} from '../engine/records/segment.ts'
import type { Range } from '../protocol/job.ts'
import type { Access } from './database.ts'
import type { Emit } from './job-store.ts'
import { decodePacked, decodePart, encodePacked } from './packed-blob.ts'
import { runColumns, runFrom } from './run-row.ts'
import { type Heads, insertArguments, insertSegment } from './segment-row.ts'
import type { Row } from './statement.ts'

type SegmentVerbs = Pick<JobStore, 'lease' | 'leased' | 'insert' | 'read' | 'markKilled'> & {
  /** To be called within a write or a read: the segment that overlaps this one, and began before its end. */
  find(segment: Segment): Segment | undefined
}

type SegmentRow = [
  first: number,
  count: number,
  head: string,
  kills: Uint8Array | null,
  tombs: Uint8Array | null,
  args?: Uint8Array | null,
]

/** Segments with their arguments, kill marks and tombstones; and what is read of them together with their runs. */
export function createSegmentRecords(database: Access, emit: Emit, heads: Heads): SegmentVerbs {
  const addJids = database.prepare(`
    INSERT INTO counters VALUES ('jids', ?) ON CONFLICT DO UPDATE SET value = value + excluded.value RETURNING value`)
  const getJids = database.prepare(`SELECT value FROM counters WHERE name = 'jids'`)
  const columns = 'first, count, head, kills, tombs'
  const lastBefore = database.prepare(
    `SELECT ${columns} FROM segments WHERE first >= ? AND first < ? ORDER BY first DESC LIMIT 1`,
  )
  const add = database.prepare(insertSegment)
  const addArguments = database.prepare(insertArguments)
  // A segment never leaves its block: from the start of the first one's on, all that overlap the range are found.
  const within = 'first >= ? AND first < ? AND first + count > ? ORDER BY first'
  const segmentsIn = database.prepare(`SELECT ${columns} FROM segments WHERE ${within}`)
  const segmentsWithArguments = database.prepare(
    `SELECT ${columns}, packed FROM segments LEFT JOIN arguments ON segment = first WHERE ${within}`,
  )
  const runsIn = database.prepare(`SELECT ${runColumns} FROM runs WHERE ${within}`)
  const partsIn = database.prepare('SELECT jid, part FROM parts WHERE jid >= ? AND jid < ? ORDER BY jid')
  const getMarks = database.prepare('SELECT count, kills FROM segments WHERE first = ?')
  const setMarks = database.prepare('UPDATE segments SET kills = ? WHERE first = ?')

  function segmentFrom(row: Row): Segment {
    const [first, count, head] = row as SegmentRow
    return heads.segmentOf(first, count, head)
  }

  function find({ first, count }: Segment): Segment | undefined {
    const found = lastBefore.get(startOfBlock(first), first + count)
    const [start, many] = (found ?? [0, 0]) as unknown as SegmentRow
    return found !== undefined && start + many > first ? segmentFrom(found) : undefined
  }

  function insertOne({ segment, args }: NewSegment): Segment | undefined {
    const { first, count } = segment
    const there = find(segment)
    if (there !== undefined) return there
    add.run(first, count, [...chunksOf(segment)].length, heads.textOf(segment, true))
    addArguments.run(first, encodePacked(args))
    return undefined
  }

  function collect([first, count]: Range, params: { readonly args: boolean; readonly payloads: boolean }) {
    const end = first + count
    const bounds = [startOfBlock(first), end, first] as const
    const rows = (params.args ? segmentsWithArguments : segmentsIn).all(...bounds)
    if (rows.length === 0) return []
    const runs = runsIn.all(...bounds).map(row => ({ run: runFrom(row), payloads: [] as Part[] }))
    if (params.payloads) addParts(runs)
    let next = 0
    return rows.map((row): StoredSegment => {
      const segment = segmentFrom(row)
      const [, , , kills, tombs, args] = row as SegmentRow
      const own: StoredRun[] = []
      for (let run = runs[next]; run !== undefined; run = runs[++next]) {
        if (run.run.first >= segment.first + segment.count) break
        own.push(run)
      }
      return {
        segment,
        kills: kills ?? undefined,
        tombs: tombs ?? undefined,
        args: args == null ? undefined : decodePacked(args, segment.count),
        runs: own,
      }
    })
  }

  function addParts(runs: readonly { readonly run: StoredRun['run']; readonly payloads: Part[] }[]): void {
    const [first, last] = [runs[0]?.run, runs.at(-1)?.run]
    if (first === undefined || last === undefined) return
    let at = 0
    for (const row of partsIn.all(first.first, last.first + last.count)) {
      const [jid, part] = row as [number, Uint8Array]
      for (let found = runs[at]; found !== undefined && found.run.first + found.run.count <= jid; found = runs[at]) at++
      runs[at]?.payloads.push(decodePart(part))
    }
  }

  return {
    find,
    lease({ count }) {
      const many = Math.ceil(count / BLOCK) * BLOCK
      return database.write(() => Number(addJids.get(many)?.[0]) - many + 1)
    },
    leased() {
      return database.read(() => Number(getJids.get()?.[0] ?? 0))
    },
    insert({ segments }) {
      return database.write(() => segments.map(insertOne))
    },
    read({ ranges, args = false, payloads = false }) {
      return database.read(() => ranges.flatMap(range => collect(range, { args, payloads })))
    },
    markKilled({ segment, kills }) {
      return database.write(() => {
        const row = getMarks.get(segment)
        if (row === undefined) return
        const known = row[1] as Uint8Array | null
        setMarks.run(
          kills.map((kill, index) => Math.max(kill, known?.[index] ?? 0)),
          segment,
        )
        emit([{ kind: 'kill', segment }])
      })
    },
  }
}

function startOfBlock(jid: number): number {
  return blockOf(jid) * BLOCK + 1
}
