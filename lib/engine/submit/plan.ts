import { keyOf, type Principal, type Range } from '../../protocol/job.ts'
import { MAX_INLINE_BYTES, MAX_JOB_DEPTH, MAX_REQUEST_JOBS, MAX_SEGMENT_JOBS } from '../../protocol/limits.ts'
import type { WireOptions } from '../../protocol/options.ts'
import { type Packed, packedFrom } from '../../protocol/packed.ts'
import { holdsReferences } from '../../protocol/payload.ts'
import type { NewSegment } from '../ports/job-store.ts'
import type { PlacedFunction, PlacedHeader, PlacedSubmission } from '../records/placed.ts'
import { invalid } from '../records/refuse.ts'
import { BLOCK, blockOf, sliceOf } from '../records/segment.ts'
import type { SubmissionRow } from '../records/submission.ts'

/** A submission, or a part of one, as records; nothing is read or written yet. */
export interface Plan {
  readonly submission: PlacedSubmission
  readonly segments: readonly NewSegment[]
  /** The row as it would be if this were the first part. */
  readonly row: SubmissionRow
  readonly dependencies: readonly Range[]
}

export interface Circumstances {
  readonly principal: Principal
  readonly now: number
  readonly chunkSize: number
  /** The longest that a start may be delayed by its message alone, in milliseconds. */
  readonly maxDelay: number
}

// A thousand calls of one function in one request are a thousand equal objects: one is kept.
const none: WireOptions = {}
let latest: PlacedFunction | undefined

function interned(reference: PlacedFunction): PlacedFunction {
  const { bundle, code, name, node, modules, environment } = reference
  const isSame = latest?.bundle === bundle && latest.code === code && latest.name === name && latest.node === node
  const there = latest?.environment
  const isThere = isSame && there?.hash === environment?.hash && there?.name === environment?.name
  if (!isThere || latest?.modules?.join() !== modules?.join()) latest = reference
  return latest as PlacedFunction
}

/** Pure. Refuses `invalid-request` what the schema can't see, and `deadlock` what would nest too deep. */
export function planOf(
  header: PlacedHeader,
  sections: readonly Uint8Array[],
  circumstances: Circumstances,
): readonly Plan[] {
  let jobs = 0
  for (const { segments } of header.submissions) for (const { count } of segments) jobs += count
  if (jobs > MAX_REQUEST_JOBS) {
    throw invalid(`This request carries ${jobs} jobs.`, `Send at most ${MAX_REQUEST_JOBS} at once.`, 'too-large')
  }
  return header.submissions.map(submission => planOne(submission, sections, circumstances))
}

function planOne(submission: PlacedSubmission, sections: readonly Uint8Array[], circumstances: Circumstances): Plan {
  const { id, options, open = false } = submission
  const { principal, now, maxDelay } = circumstances
  const { parent, depth } = levelOf(principal)
  const key = keyOf(principal)
  const by = { parent, depth, ...(key !== undefined && { key }) }
  const dependencies = options.dependsOn ?? []
  const gated = dependencies.length > 0 || (options.startAt ?? 0) > now + maxDelay
  const chunkSize = options.restartable === false ? 1 : (options.chunkSize ?? circumstances.chunkSize)
  // Spread first: what is spread after other members is copied one by one.
  const shared = {
    ...by,
    submission: id,
    function: interned(submission.function),
    options: dependencies.length === 0 && Object.keys(options).length === 0 ? none : options,
    chunkSize,
    created: now,
    gated,
  }
  const ranges = rangesOf(submission)
  const segments: NewSegment[] = []
  for (const { first, count, args: names } of submission.segments) {
    const args = argsOf(sections, names, first, count)
    if (blockOf(first) === blockOf(first + count - 1)) {
      segments.push({ segment: { ...shared, first, count, uploads: holdsReferences(args) }, args })
      continue
    }
    for (const [from, many] of cut(first, count)) {
      const part = sliceOf(args, from - first, many)
      segments.push({ segment: { ...shared, first: from, count: many, uploads: holdsReferences(part) }, args: part })
    }
  }
  const { label } = options
  const { name } = submission.function
  const row: SubmissionRow = { ...by, id, ranges, open, gated, label, name, created: now, touched: now, version: 1 }
  return { submission, segments, row, dependencies }
}

function levelOf(principal: Principal): { readonly parent: number | undefined; readonly depth: number } {
  if (principal.kind !== 'job') return { parent: undefined, depth: 0 }
  const { jid: parent, depth } = principal
  if (depth < MAX_JOB_DEPTH) return { parent, depth: depth + 1 }
  const message = `Job ${parent} stands ${MAX_JOB_DEPTH} levels below the first one, and no job may start deeper ones.`
  throw invalid(message, 'Let a job return what is to be done next, or submit from outside.', 'deadlock')
}

/** The jids of all segments, adjacent ones joined. Refuses `invalid-request` when they are not in order. */
function rangesOf({ id, segments }: PlacedSubmission): readonly Range[] {
  const ranges: [number, number][] = []
  let next = id
  for (const { first, count } of segments) {
    if (first < next) throw invalid(`The segments of submission ${id} are not in order at job ${first}.`)
    const last = ranges.at(-1)
    if (last !== undefined && next === first) last[1] += count
    else ranges.push([first, count])
    next = first + count
  }
  return ranges
}

function argsOf(
  sections: readonly Uint8Array[],
  [ends, bytes]: readonly [number, number],
  first: number,
  count: number,
): Packed {
  const [index, content] = [sections[ends], sections[bytes]]
  if (index === undefined || content === undefined) throw invalid(`The arguments of job ${first} name no section.`)
  const args = packedFrom(index, content)
  if (args.ends.length !== count) {
    throw invalid(`The segment of job ${first} has ${count} jobs, but arguments for ${args.ends.length}.`)
  }
  let last = 0
  for (let offset = 0; offset < count; offset++) {
    const end = args.ends[offset] as number
    if (end - last > MAX_INLINE_BYTES) {
      const message = `The arguments of job ${first + offset} are ${end - last} bytes.`
      throw invalid(message, `Above ${MAX_INLINE_BYTES}, upload them and send the reference.`, 'too-large')
    }
    last = end
  }
  return args
}

/** A segment never leaves its block: one that a client laid across two becomes two. */
function* cut(first: number, count: number): Generator<Range> {
  const end = first + count
  for (let from = first; from < end; ) {
    const to = Math.min(end, (blockOf(from) + 1) * BLOCK + 1, from + MAX_SEGMENT_JOBS)
    yield [from, to - from]
    from = to
  }
}
