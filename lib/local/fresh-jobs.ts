import type { JobStore, NewSegment, RunPut } from '../engine/ports/job-store.ts'
import type { Run } from '../engine/records/run.ts'
import type { Part, Segment, StoredSegment } from '../engine/records/segment.ts'
import type { Range } from '../protocol/job.ts'
import type { Access, Database } from './database.ts'
import type { Emit } from './job-store.ts'
import { decodePacked, encodePacked, encodePart } from './packed-blob.ts'
import { changesOf } from './run-records.ts'
import { insertPart, insertRun, runValues } from './run-row.ts'
import { type Heads, insertArguments, insertSegment } from './segment-row.ts'
import { writtenFirst } from './written-first.ts'

/** A segment of one job, as the open transaction has made it. */
interface FreshJob {
  readonly segment: Segment
  /** As the row has them. */
  readonly args: Uint8Array
  run?: Run
  part?: Part
}

type Verbs = Pick<JobStore, 'insert' | 'read' | 'putRuns'>

/** Above that they are written as they come: so many calls do not end in one turn. */
const MAX_FRESH = 100

/**
 * Lone jobs of the open transaction of which no row is written yet: most have ended before it is over, and then take a row of
 * segment, run and result each, where those on their way would have been written to be changed and deleted again.
 *
 * fresh: from its insert on. Reads and puts that concern only such jobs are answered from here. Left for the tables, by all at once, at
 *   the commit, or before any verb that concerns others as well, which then finds their rows; or for nothing, where the
 *   transaction is taken back.
 */
export interface FreshJobs {
  /** An access for all other verbs on jobs: what is fresh is written before they look. */
  behind(access: Access): Access
  /** These verbs, for fresh jobs; for others `rows`, which are to go through `behind`. */
  before(access: Access, rows: Verbs & { readonly find: (segment: Segment) => Segment | undefined }): Verbs
}

export function createFreshJobs(database: Database, heads: Heads, emit: Emit): FreshJobs {
  const addSegment = database.prepare(insertSegment)
  const addArguments = database.prepare(insertArguments)
  const addRun = database.prepare(insertRun)
  const addPart = database.prepare(insertPart)
  const jobs = new Map<number, FreshJob>()
  const getLast = database.prepare('SELECT first, count FROM segments ORDER BY first DESC LIMIT 1')
  const pending = { write, forget: () => jobs.clear() }
  const unwritten = {
    get size() {
      return jobs.size
    },
    write,
  }
  /** No segment has this jid or a later one. */
  let end: number | undefined

  function write(): void {
    if (jobs.size === 0) return
    for (const [first, { segment, args, run, part }] of jobs) {
      const isOver = run?.phase === 'finished'
      addSegment.run(first, 1, isOver ? 0 : 1, heads.textOf(segment, !isOver))
      // Nobody asks for the arguments of a finished job again.
      if (!isOver) addArguments.run(first, args)
      if (run !== undefined) addRun.run(...runValues(run))
      if (part !== undefined) addPart.run(first, encodePart(part))
    }
    jobs.clear()
  }

  function add(access: Access, { segment, args }: NewSegment): void {
    access.join(pending)
    jobs.set(segment.first, { segment, args: encodePacked(args) })
  }

  function put({ run, payloads }: RunPut): boolean {
    const job = jobs.get(run.first) as FreshJob
    if (run.version !== (job.run?.version ?? 0) + 1) return false
    job.run = run
    if (payloads !== undefined && payloads.offsets.length > 0) job.part = payloads
    return true
  }

  /** Behind all others; from now on nothing is that is not behind these. */
  function areNewest(segments: readonly NewSegment[]): boolean {
    const [first = 0, count = 0] = end === undefined ? ((getLast.get() ?? []) as number[]) : [end, 0]
    const before = first + count
    end = before
    for (const { segment } of segments) end = Math.max(end, segment.first + segment.count)
    return segments.every(({ segment }) => segment.first >= before)
  }

  const isFresh = ([first, count]: Range): boolean => count === 1 && jobs.has(first)

  return {
    behind: access => writtenFirst(access, unwritten),
    before: (access, rows) => ({
      async insert({ segments }) {
        const [only] = segments
        const isLone = segments.length === 1 && only?.segment.count === 1 && jobs.size < MAX_FRESH
        const isNew = areNewest(segments)
        if (!isLone) return await rows.insert({ segments })
        return await access.write(() => {
          const there = isNew ? undefined : (jobs.get(only.segment.first)?.segment ?? rows.find(only.segment))
          if (there === undefined) add(access, only)
          return [there]
        })
      },
      async read(params) {
        const { ranges } = params
        if (ranges.length === 0 || !ranges.every(isFresh)) return await rows.read(params)
        return await access.read(() => ranges.map(([first]) => storedOf(jobs.get(first) as FreshJob)))
      },
      async putRuns({ puts }) {
        if (!puts.every(({ run }) => isFresh([run.first, run.count]))) return await rows.putRuns({ puts })
        return await access.write(() => {
          const kept = puts.map(put)
          emit(changesOf(puts, kept))
          return kept
        })
      },
    }),
  }
}

function storedOf({ segment, args, run, part }: FreshJob): StoredSegment {
  return {
    segment,
    kills: undefined,
    tombs: undefined,
    args: run?.phase === 'finished' ? undefined : decodePacked(args, 1),
    runs: run === undefined ? [] : [{ run, payloads: part === undefined ? [] : [part] }],
  }
}
