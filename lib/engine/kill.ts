import { keyOf, type Principal, type Range } from '../protocol/job.ts'
import { joined } from '../protocol/range.ts'
import type { KillRequest } from '../protocol/routes.ts'
import type { Ports } from './ports/ports.ts'
import { spansOf } from './query/spans.ts'
import { type View, viewsOf } from './query/view.ts'
import { pages } from './records/ranges.ts'
import { freshRun } from './records/run.ts'
import { chunkArgs, chunksOf, KILL, KILL_TREE } from './records/segment.ts'
import { DONE } from './records/status-code.ts'
import { transition } from './records/transition.ts'
import { PAGE_BLOCKS } from './submit/dependency.ts'
import { freeUploads } from './submit/free-uploads.ts'

/** How often a chunk is tried whose run changes under our hands: once claimed, its holder sees the mark instead. */
const TRIES = 3

/**
 * Kill: first the mark, which whoever claims or holds a chunk obeys; then the fact, for chunks that nobody holds. A submission
 * that waits as a whole takes one write, at its gate.
 */
export function createKill({ store, clock, blobs }: Pick<Ports, 'store' | 'clock' | 'blobs'>) {
  async function kill({ ranges, tree = false }: KillRequest, principal: Principal): Promise<void> {
    if (ranges !== undefined) await killRanges(ranges, tree)
    else if (principal.kind === 'job') await killChildren([[principal.jid, 1]])
    else await killAll(keyOf(principal), tree)
  }

  async function killAll(key: number | undefined, tree: boolean): Promise<void> {
    let before: { created: number; id: number } | undefined
    for (;;) {
      const rows = await store.listSubmissions({ before, limit: 1_000 })
      for (const row of rows) if (row.key === key) await killRanges(row.ranges, tree, true)
      before = rows.at(-1)
      if (before === undefined) return
    }
  }

  async function killRanges(ranges: readonly Range[], tree: boolean, lenient = false): Promise<void> {
    const whole = joined(ranges)
    for (const page of pages(whole, PAGE_BLOCKS)) {
      const views = await viewsOf(store, () => undefined, { ranges: page, args: true })
      // Walked for the refusal alone.
      if (!lenient) for (const _ of spansOf(page, views));
      for (const view of views) await killIn(view, whole, tree ? KILL_TREE : KILL)
    }
    if (tree) await killChildren(whole)
  }

  async function killChildren(ranges: readonly Range[]): Promise<void> {
    const ids = await store.children({ ranges })
    const rows = await store.getSubmissions({ ids })
    for (const row of rows) if (row !== undefined) await killRanges(row.ranges, true, true)
  }

  async function killIn(view: View, ranges: readonly Range[], mark: number): Promise<void> {
    const { stored, gate } = view
    const { segment } = stored
    const kills = marksFor(view, ranges, mark)
    if (kills === undefined) return
    await store.markKilled({ segment: segment.first, kills })
    if (gate?.state === 'waiting' && (await killGate(segment.submission, ranges))) return
    for (const [first, count] of chunksOf(segment)) {
      const at = first - segment.first
      const offsets: number[] = []
      for (let offset = 0; offset < count; offset++) if (kills[at + offset] !== 0) offsets.push(offset)
      if (offsets.length > 0) await killChunk(view, first, count, offsets)
    }
  }

  /** True when the whole submission is killed, and it waited. */
  async function killGate(id: number, ranges: readonly Range[]): Promise<boolean> {
    const [row] = await store.getSubmissions({ ids: [id] })
    const isWhole = row?.ranges.every(([first, count]) =>
      ranges.some(([from, many]) => from <= first && first + count <= from + many),
    )
    // More of it may follow, and be meant to run.
    if (row === undefined || isWhole !== true || row.open) return false
    for (;;) {
      const [gate] = await store.getGates({ ids: [id] })
      if (gate === undefined || gate.state === 'open') return false
      if (gate.state !== 'waiting') return true
      const next = { ...gate, state: 'killed', version: gate.version + 1, looked: clock.now() } as const
      if (await store.putGate({ gate: next })) {
        await store.deletePointer({ gate: id })
        return true
      }
    }
  }

  async function killChunk({ stored }: View, first: number, count: number, offsets: readonly number[]): Promise<void> {
    const { segment } = stored
    let known = stored.runs.find(one => one.run.first === first)?.run
    for (let nth = 0; nth < TRIES; nth++) {
      const from = known ?? freshRun({ first, count, submission: segment.submission })
      const run = transition(from, { type: 'kill', offsets }, clock.now())
      if (typeof run === 'string') return
      const [kept] = await store.putRuns({ puts: [{ run }] })
      if (kept === true) {
        if (segment.uploads) await freeUploads(blobs, chunkArgs(stored, run), offsets)
        return
      }
      const [again] = await store.read({ ranges: [[first, count]] })
      known = again?.runs[0]?.run
    }
  }

  return { kill, killTree: (ranges: readonly Range[]) => killRanges(ranges, true, true) }
}

/** Which of the segment's jobs the ranges mean, and are not over: a byte a job. Undefined: none. */
function marksFor(
  { stored: { segment }, statuses }: View,
  ranges: readonly Range[],
  mark: number,
): Uint8Array | undefined {
  const kills = new Uint8Array(segment.count)
  let any = false
  for (const [first, count] of ranges) {
    const to = Math.min(segment.count, first + count - segment.first)
    for (let offset = Math.max(0, first - segment.first); offset < to; offset++) {
      // A tree's mark counts after the end too: what the job submitted last may not be there yet.
      if ((statuses[offset] as number) >= DONE && mark !== KILL_TREE) continue
      kills[offset] = mark
      any = true
    }
  }
  return any ? kills : undefined
}
