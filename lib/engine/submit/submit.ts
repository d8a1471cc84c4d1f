import type { Principal, Range } from '../../protocol/job.ts'
import { joined } from '../../protocol/range.ts'
import type { SubmitAnswer, SubmitHeader } from '../../protocol/routes.ts'
import { aheadOf, type Haste } from '../ports/ahead.ts'
import { chunkMessage } from '../ports/chunk-message.ts'
import type { NewSegment } from '../ports/job-store.ts'
import type { Ports } from '../ports/ports.ts'
import { type ChunkMessage, MAX_DELAY_MS } from '../ports/queue.ts'
import type { Settings } from '../ports/settings.ts'
import type { Gate } from '../records/gate.ts'
import type { PlacedHeader } from '../records/placed.ts'
import { conflict, invalid } from '../records/refuse.ts'
import { chunksOf, KILL_TREE, type Segment } from '../records/segment.ts'
import type { Bundles } from './bundles.ts'
import { refuseUnknown } from './dependency.ts'
import { type Plan, planOf } from './plan.ts'
import { isFirstPart, keepRows } from './rows.ts'
import type { Uploads } from './uploads.ts'

export type Submit = (
  header: SubmitHeader,
  sections: readonly Uint8Array[],
  principal: Principal,
  /** How soon who asks wants to be told. Default: now. */
  haste?: Haste,
) => Promise<SubmitAnswer>

interface Parts {
  readonly bundles: Pick<Bundles, 'areKnown' | 'missing'>
  readonly uploads: Pick<Uploads, 'take'>
  /** The header with the archive of each environment in the place of its name. */
  readonly placed: (header: SubmitHeader) => Promise<PlacedHeader>
  /** Kills jobs and what they spawn. */
  readonly killTree: (ranges: readonly Range[]) => Promise<void>
}

/**
 * Ready jobs: their messages first, then their headers, then the answer: a header without a message would be a job that nobody
 * remembers. Jobs that wait: headers, then the pointer that a sweeper finds the gate by, then the gate; once that is there they
 * are accepted, and its own change has it looked at. Everything is put if absent, so that the same request changes nothing.
 */
export function createSubmit(ports: Ports, settings: Settings, { bundles, uploads, killTree, placed }: Parts): Submit {
  const { store, clock } = ports
  const ahead = aheadOf(ports)
  let leased = 0

  return async (given, sections, principal, haste) => {
    const header = given.submissions.some(({ options }) => options.env !== undefined) ? await placed(given) : given
    const now = clock.now()
    const { chunkSize } = settings
    const plans = planOf(header, sections, { principal, now, chunkSize, maxDelay: MAX_DELAY_MS })
    const missing = isAtHand(header, plans) ? none : await lookUp(header, sections, plans)
    if (missing.length > 0) return { missing: [...missing] }
    if (principal.kind === 'job') {
      await store.putChildren({ children: plans.map(({ row }) => ({ parent: principal.jid, submission: row.id })) })
    }
    const kept = ahead.begin()
    const gated = await keepRows(ahead.store, plans, settings.seal)
    await send(ahead, plans, gated, now)
    await insert(plans, gated)
    // A message that found no header for so long may be gone: this process stood still.
    if (clock.now() - now > settings.acceptance / 2) await send(ahead, plans, gated, now)
    await kept(gated.size === 0 ? haste : 'now')
    if (gated.size > 0) await putGates(plans, gated, now)
    if (principal.kind === 'job') await killWithParent(principal.jid, plans)
    return {}
  }

  /** Whether nothing has to be looked up: as for most submissions. */
  function isAtHand(header: PlacedHeader, plans: readonly Plan[]): boolean {
    if (lastOf(plans) > leased || !bundles.areKnown(header)) return false
    return !plans.some(({ dependencies, segments }) => dependencies.length > 0 || hasUploads(segments))
  }

  /** Refuses what names something that is not there, and answers which bundles are to be put first. */
  async function lookUp(
    header: PlacedHeader,
    sections: readonly Uint8Array[],
    plans: readonly Plan[],
  ): Promise<readonly string[]> {
    await refuseUnleased(lastOf(plans))
    const missing = await bundles.missing(header, sections)
    if (missing.length > 0) return missing
    for (const { dependencies, row } of plans) {
      if (dependencies.length > 0) await refuseUnknown(store, dependencies, row.id)
    }
    for (const { segments } of plans) if (hasUploads(segments)) await uploads.take(segments)
    return none
  }

  /** Jids that nobody was handed out would collide with those of a later lease. */
  async function refuseUnleased(last: number): Promise<void> {
    if (last > leased) leased = await store.leased()
    if (last > leased) throw invalid(`Job id ${last} was never leased.`, 'Lease ids first: POST /v1/jids.')
  }

  async function insert(plans: readonly Plan[], gated: ReadonlySet<number>): Promise<void> {
    const segments =
      plans.length === 1 ? segmentsOf(plans[0] as Plan, gated) : plans.flatMap(plan => segmentsOf(plan, gated))
    const there = await ahead.store.insert({ segments })
    for (let index = 0; index < there.length; index++) {
      const mine = segments[index]?.segment
      const other = there[index]
      if (other !== undefined && mine !== undefined && !isSame(mine, other)) throw conflict(mine.first)
    }
  }

  async function putGates(plans: readonly Plan[], gated: ReadonlySet<number>, now: number): Promise<void> {
    for (const plan of plans) if (isFirstPart(plan) && gated.has(plan.row.id)) await putGate(plan, now)
  }

  async function putGate({ row, dependencies, submission }: Plan, now: number): Promise<void> {
    const ranges = joined(dependencies)
    const last = ranges.at(-1)
    const opensAt = submission.options.startAt ?? 0
    const gate: Gate = {
      id: row.id,
      dependencies: ranges,
      mode: submission.options.dependsOnErrors ?? 'abort',
      opensAt,
      state: 'waiting',
      cursor: last === undefined ? 0 : last[0] + last[1],
      edged: false,
      cause: undefined,
      sentTo: 0,
      sent: false,
      version: 1,
      created: now,
      looked: now,
    }
    if (opensAt > now) await ports.timers.schedule({ gate: row.id, at: opensAt })
    await store.putPointer({ gate: row.id })
    await store.putGate({ gate })
  }

  /** A kill of a tree may have passed before the child was there; the child's row was, so that one of the two sees the other. */
  async function killWithParent(parent: number, plans: readonly Plan[]): Promise<void> {
    const [stored] = await store.read({ ranges: [[parent, 1]] })
    if (stored?.kills?.[parent - stored.segment.first] !== KILL_TREE) return
    await killTree(plans.flatMap(({ row }) => row.ranges))
  }
}

const none: readonly string[] = []

/** The highest jid of these. */
function lastOf(plans: readonly Plan[]): number {
  let last = 0
  for (const { row } of plans) for (const [first, count] of row.ranges) last = Math.max(last, first + count - 1)
  return last
}

function hasUploads(segments: readonly NewSegment[]): boolean {
  return segments.some(({ segment }) => segment.uploads)
}

function send(
  { jobs }: Pick<Ports, 'jobs'>,
  plans: readonly Plan[],
  gated: ReadonlySet<number>,
  now: number,
): Promise<unknown> {
  const byDelay = new Map<number, ChunkMessage[]>()
  for (const plan of plans) {
    const { row, segments, submission } = plan
    // A later part may find the gate open, which then sends nothing more.
    if (gated.has(row.id) && isFirstPart(plan)) continue
    const delay = Math.min(Math.max(0, (submission.options.startAt ?? 0) - now), MAX_DELAY_MS)
    const bodies = byDelay.get(delay) ?? []
    byDelay.set(delay, bodies)
    for (const { segment } of segments) {
      const { first, count, chunkSize, options } = segment
      if (count <= chunkSize) bodies.push(chunkMessage(first, count, options))
      else for (const [from, weight] of chunksOf(segment)) bodies.push(chunkMessage(from, weight, options))
    }
  }
  const sent: Promise<void>[] = []
  for (const [delay, bodies] of byDelay) if (bodies.length > 0) sent.push(jobs.send({ bodies, delay }))
  return sent.length === 1 ? (sent[0] as Promise<void>) : Promise.all(sent)
}

/** A further part may not show by itself that the submission has a gate. */
function segmentsOf({ row, segments }: Plan, gated: ReadonlySet<number>): readonly NewSegment[] {
  if (row.gated || !gated.has(row.id)) return segments
  return segments.map(({ segment, args }) => ({ segment: { ...segment, gated: true }, args }))
}

function isSame(mine: Segment, other: Segment): boolean {
  return (
    mine.first === other.first &&
    mine.count === other.count &&
    mine.submission === other.submission &&
    mine.function.bundle === other.function.bundle
  )
}
