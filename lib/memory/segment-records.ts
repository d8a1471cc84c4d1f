import type { Change, JobStore, NewSegment, RunPut, Tomb } from '../engine/ports/job-store.ts'
import { packOne } from '../engine/records/part.ts'
import type { Run } from '../engine/records/run.ts'
import { blockOf, type Segment, type StoredRun, type StoredSegment } from '../engine/records/segment.ts'
import type { Range } from '../protocol/job.ts'
import type { Packed } from '../protocol/packed.ts'
import { joinParts } from './join-parts.ts'

/** A segment and all that hangs on it. `runs` has a place for each chunk. */
interface Entry {
  readonly segment: Segment
  args: Packed | undefined
  kills: Uint8Array | undefined
  tombs: Uint8Array | undefined
  readonly runs: (StoredRun | undefined)[]
  /** Chunks whose run is not finished: the arguments are kept for these. */
  openChunks: number
}

type SegmentVerbs = Pick<JobStore, 'lease' | 'leased' | 'insert' | 'read' | 'putRuns' | 'markKilled' | 'bury'>

const BLOCK_JIDS = 100

/** Segments, runs, kill marks and tombstones: a list of entries for each block of jids, in the order of their jids. */
export function createSegmentRecords(emit: (changes: readonly Change[]) => void): SegmentVerbs {
  const blocks = new Map<number, Entry[]>()
  let nextJid = 1

  function find(jid: number): Entry | undefined {
    const entries = blocks.get(blockOf(jid))
    if (entries === undefined) return undefined
    const entry = entries[indexOf(entries, jid)]
    return entry !== undefined && jid < entry.segment.first + entry.segment.count ? entry : undefined
  }

  function insertOne({ segment, args }: NewSegment): Segment | undefined {
    const block = blockOf(segment.first)
    const entries = blocks.get(block)
    const chunks = Math.ceil(segment.count / segment.chunkSize)
    const entry: Entry = {
      segment,
      args:
        args.ends.length === 1
          ? packOne(args.bytes)
          : { ends: new Uint32Array(args.ends), bytes: new Uint8Array(args.bytes) },
      kills: undefined,
      tombs: undefined,
      runs: chunks === 1 ? [undefined] : new Array<StoredRun | undefined>(chunks).fill(undefined),
      openChunks: chunks,
    }
    if (entries === undefined) {
      blocks.set(block, [entry])
      return undefined
    }
    const at = indexOf(entries, segment.first + segment.count - 1)
    const before = entries[at]
    if (before !== undefined && before.segment.first + before.segment.count > segment.first) return before.segment
    entries.splice(at + 1, 0, entry)
    return undefined
  }

  function putOne({ run, payloads }: RunPut): boolean {
    const entry = find(run.first)
    if (entry === undefined) return false
    const index = (run.first - entry.segment.first) / entry.segment.chunkSize
    const stored = entry.runs[index]
    if ((stored?.run.version ?? 0) !== run.version - 1) return false
    const parts = stored?.payloads ?? []
    const all = payloads === undefined ? parts : [...parts, payloads]
    const finished = run.phase === 'finished'
    entry.runs[index] = { run, payloads: finished && all.length > 1 ? [joinParts(all)] : all }
    if (finished && stored?.run.phase !== 'finished') {
      entry.openChunks--
      // Nobody asks for the arguments of a finished job again, and they are half of what a job weighs.
      if (entry.openChunks === 0) entry.args = undefined
    }
    return true
  }

  return {
    async lease({ count }) {
      const first = nextJid
      nextJid += Math.ceil(count / BLOCK_JIDS) * BLOCK_JIDS
      return first
    },
    async leased() {
      return nextJid - 1
    },
    async insert({ segments }) {
      return segments.map(insertOne)
    },
    async read({ ranges, args = false }) {
      const found: StoredSegment[] = []
      for (const range of ranges) collect(blocks, range, args, found)
      return found
    },
    async putRuns({ puts }) {
      const kept: boolean[] = []
      const changes: Change[] = []
      for (const put of puts) {
        const done = putOne(put)
        kept.push(done)
        if (done && put.run.unfinished < put.run.count) changes.push({ ...put, kind: 'run' })
      }
      if (changes.length > 0) emit(changes)
      return kept
    },
    async markKilled({ segment, kills }) {
      const entry = find(segment)
      if (entry === undefined) return
      entry.kills = kills.map((kill, index) => Math.max(kill, entry.kills?.[index] ?? 0))
      emit([{ kind: 'kill', segment }])
    },
    async bury({ tombs }) {
      for (const tomb of tombs) buryOne(find(tomb.segment), tomb)
    },
  }
}

/** The last entry that begins at or before `jid`; -1 where there is none. */
function indexOf(entries: readonly Entry[], jid: number): number {
  let low = 0
  let high = entries.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if ((entries[middle] as Entry).segment.first <= jid) low = middle + 1
    else high = middle - 1
  }
  return high
}

function collect(blocks: Map<number, Entry[]>, [first, count]: Range, args: boolean, found: StoredSegment[]): void {
  const end = first + count
  for (let block = blockOf(first); block <= blockOf(end - 1); block++) {
    const entries = blocks.get(block)
    if (entries === undefined) continue
    for (let index = Math.max(0, indexOf(entries, first)); index < entries.length; index++) {
      const entry = entries[index] as Entry
      if (entry.segment.first >= end) break
      if (entry.segment.first + entry.segment.count > first) found.push(storedFrom(entry, first, end, args))
    }
  }
}

function storedFrom(entry: Entry, first: number, end: number, args: boolean): StoredSegment {
  const { segment } = entry
  const from = Math.max(0, Math.floor((first - segment.first) / segment.chunkSize))
  const to = Math.min(entry.runs.length, Math.ceil((end - segment.first) / segment.chunkSize))
  const runs: StoredRun[] = []
  for (let chunk = from; chunk < to; chunk++) {
    const run = entry.runs[chunk]
    if (run !== undefined) runs.push(run)
  }
  return { segment, kills: entry.kills, tombs: entry.tombs, args: args ? entry.args : undefined, runs }
}

function buryOne(entry: Entry | undefined, { statuses }: Tomb): void {
  if (entry === undefined) return
  const tombs = (entry.tombs ?? new Uint8Array(entry.segment.count)).slice()
  for (let offset = 0; offset < tombs.length; offset++) tombs[offset] ||= statuses[offset] as number
  entry.tombs = tombs
  for (const [index, stored] of entry.runs.entries()) {
    if (stored !== undefined) entry.runs[index] = withoutBuried(stored, tombs, entry.segment.first)
  }
  if (tombs.every(status => status !== 0)) entry.args = undefined
}

/** The run without what its buried jobs left; undefined when all of them are buried. */
function withoutBuried({ run, payloads }: StoredRun, tombs: Uint8Array, first: number): StoredRun | undefined {
  const at = run.first - first
  const isKept = (offset: number): boolean => tombs[at + offset] === 0
  if (!keeps(run, isKept)) return undefined
  return { run, payloads: [joinParts(payloads, isKept)] }
}

function keeps(run: Run, isKept: (offset: number) => boolean): boolean {
  for (let offset = 0; offset < run.count; offset++) if (isKept(offset)) return true
  return false
}
