import type { Change, JobStore, RunPut, Tomb } from '../engine/ports/job-store.ts'
import { BLOCK, blockOf, type Part } from '../engine/records/segment.ts'
import { joinParts } from '../memory/join-parts.ts'
import type { Access } from './database.ts'
import type { Emit } from './job-store.ts'
import { decodePart, encodePart } from './packed-blob.ts'
import { insertPart, insertRun, runColumns, runValues } from './run-row.ts'

const FINISHED = 2

/** Runs, the payloads of their finished jobs, and what is left of those that are deleted. */
export function createRunRecords(database: Access, emit: Emit): Pick<JobStore, 'putRuns' | 'bury'> {
  const hasSegment = database.prepare(
    'SELECT 1 FROM segments WHERE first >= ? AND first <= ? AND first + count > ? LIMIT 1',
  )
  const add = database.prepare(`${insertRun} ON CONFLICT DO NOTHING`)
  const change = database.prepare(`
    UPDATE runs SET (${runColumns}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    WHERE first = ? AND version = ? AND phase <> ${FINISHED}`)
  const changeFinished = database.prepare(`
    UPDATE runs SET (${runColumns}) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    WHERE first = ? AND version = ? AND phase = ${FINISHED}`)
  const addPart = database.prepare(insertPart)
  const finishChunk = database.prepare(`
    UPDATE segments SET open = open - 1
    WHERE first = (SELECT max(first) FROM segments WHERE first >= ? AND first <= ?) RETURNING first, open`)
  const dropArguments = database.prepare('DELETE FROM arguments WHERE segment = ?')

  function putOne({ run, payloads }: RunPut): boolean {
    const { first, version, phase } = run
    const values = runValues(run)
    if (version === 1) {
      if (hasSegment.get(startOfBlock(first), first, first) === undefined || add.run(...values) === 0) return false
      if (phase === 'finished') finished(first)
    } else if (change.run(...values, first, version - 1) > 0) {
      if (phase === 'finished') finished(first)
    } else if (changeFinished.run(...values, first, version - 1) === 0) return false
    if (payloads !== undefined && payloads.offsets.length > 0) {
      addPart.run(first + (payloads.offsets[0] as number), encodePart(payloads))
    }
    return true
  }

  /** Nobody asks for the arguments of a finished job again. */
  function finished(first: number): void {
    const [segment, open] = (finishChunk.get(startOfBlock(first), first) ?? []) as [number?, number?]
    if (segment !== undefined && open === 0) dropArguments.run(segment)
  }

  const bury = createBury(database)
  return {
    putRuns({ puts }) {
      return database.write(() => {
        const kept = puts.map(putOne)
        emit(changesOf(puts, kept))
        return kept
      })
    },
    bury({ tombs }) {
      return database.write(() => {
        for (const tomb of tombs) bury(tomb)
      })
    },
  }
}

/** What there is to tell of puts, of which these were kept. */
export function changesOf(puts: readonly RunPut[], kept: readonly boolean[]): Change[] {
  const changes: Change[] = []
  for (const [index, put] of puts.entries()) {
    if (kept[index] === true && put.run.unfinished < put.run.count) changes.push({ kind: 'run', ...put })
  }
  return changes
}

function createBury(database: Access): (tomb: Tomb) => void {
  const getSegment = database.prepare('SELECT count, tombs FROM segments WHERE first = ?')
  const setTombs = database.prepare('UPDATE segments SET tombs = ? WHERE first = ?')
  const dropArguments = database.prepare('DELETE FROM arguments WHERE segment = ?')
  const runsOf = database.prepare('SELECT first, count FROM runs WHERE first >= ? AND first < ?')
  const dropRun = database.prepare('DELETE FROM runs WHERE first = ?')
  const partsOf = database.prepare('SELECT jid, part FROM parts WHERE jid >= ? AND jid < ? ORDER BY jid')
  const dropParts = database.prepare('DELETE FROM parts WHERE jid >= ? AND jid < ?')
  const addPart = database.prepare('INSERT INTO parts VALUES (?, ?)')

  return ({ segment, statuses }) => {
    const row = getSegment.get(segment)
    if (row === undefined) return
    const [count, known] = row as [number, Uint8Array | null]
    const tombs = new Uint8Array(count).map((_, offset) => known?.[offset] || (statuses[offset] ?? 0))
    setTombs.run(tombs, segment)
    for (const found of runsOf.all(segment, segment + count)) {
      const [first, many] = found as [number, number]
      const at = first - segment
      const isKept = (offset: number): boolean => tombs[at + offset] === 0
      const isGone = tombs.subarray(at, at + many).every(status => status !== 0)
      if (isGone) dropRun.run(first)
      const parts = partsOf.all(first, first + many).map(part => decodePart(part[1] as Uint8Array))
      dropParts.run(first, first + many)
      const rest: Part = joinParts(parts, isKept)
      if (rest.offsets.length > 0) addPart.run(first + (rest.offsets[0] as number), encodePart(rest))
    }
    if (tombs.every(status => status !== 0)) dropArguments.run(segment)
  }
}

function startOfBlock(jid: number): number {
  return blockOf(jid) * BLOCK + 1
}
