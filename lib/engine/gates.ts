import type { Range } from '../protocol/job.ts'
import { PAGE_BLOCKS } from './dependency.ts'
import type { Edge, Gate } from './gate.ts'
import type { Ports } from './ports.ts'
import type { ChunkMessage } from './queue.ts'
import { overlap, pages } from './ranges.ts'
import { chunksOf } from './segment.ts'
import { DONE } from './status-code.ts'
import { viewsOf } from './view.ts'

/** Moves gates on. Idempotent, and safe against itself: each step is a compare-and-set, so it may be called at any time. */
export interface Gates {
  /** Looks whether the gate may open; stalls it, or leaves one watch on its last unfinished dependency. */
  advance(id: number): Promise<void>
  stall(id: number, cause: number): Promise<void>
}

/** Messages between two notes of how far the sending came. */
const SENT_STEP = 1_000

const nobody = () => undefined

export function createGates({ store, jobs, clock }: Pick<Ports, 'store' | 'jobs' | 'clock'>): Gates {
  async function advance(id: number): Promise<void> {
    for (;;) {
      const [gate] = await store.getGates({ ids: [id] })
      if (gate === undefined) return
      if (gate.state === 'open' && !gate.sent) await send(gate)
      if (gate.state !== 'waiting') return await store.deletePointer({ gate: id })
      if (await look(gate)) return
    }
  }

  /** True: nothing more to do until something changes. */
  async function look(gate: Gate): Promise<boolean> {
    // Before the scan: a failure that the scan is too early for then finds the edge.
    if (!gate.edged && gate.mode === 'abort') await putEdges(gate)
    const { failed, candidate } = await scan(gate)
    if (failed !== undefined) {
      await put(gate, { state: 'stalled', cause: failed })
      return false
    }
    if (candidate === undefined) {
      if (gate.opensAt > clock.now()) {
        // The schedule brings it up again. The cursor at 0 says that all dependencies are done.
        return gate.edged && gate.cursor === 0 ? true : await put(gate, { cursor: 0, edged: true })
      }
      await put(gate, { state: 'open', cursor: 0, edged: true })
      return false
    }
    await store.putWatch({ watch: { submission: candidate.submission, jid: candidate.jid, gate: gate.id } })
    const moved = await put(gate, { cursor: candidate.jid + 1, edged: true })
    // It may have finished between the scan and the watch: then nobody else will look.
    return moved && !(await isFinished(candidate.jid))
  }

  async function put(gate: Gate, change: Partial<Gate>): Promise<boolean> {
    return await store.putGate({ gate: { ...gate, ...change, version: gate.version + 1, looked: clock.now() } })
  }

  async function stall(id: number, cause: number): Promise<void> {
    for (;;) {
      const [gate] = await store.getGates({ ids: [id] })
      if (gate?.state !== 'waiting') return
      if (await put(gate, { state: 'stalled', cause })) return await store.deletePointer({ gate: id })
    }
  }

  /** Downwards, as jobs end roughly in order: the last to finish is near the end. Before the edges are there, to the bottom. */
  async function scan(gate: Gate): Promise<{ failed?: number; candidate?: { jid: number; submission: number } }> {
    let candidate: { jid: number; submission: number } | undefined
    const all = [...pages(below(gate.dependencies, gate.edged ? gate.cursor : Number.POSITIVE_INFINITY), PAGE_BLOCKS)]
    for (const page of all.reverse()) {
      const views = await viewsOf(store, nobody, { ranges: page })
      const seen = new Set<number>()
      for (const view of views.toReversed()) {
        const { segment } = view.stored
        for (let offset = segment.count - 1; offset >= 0; offset--) {
          const jid = segment.first + offset
          if (seen.has(jid) || !page.some(range => overlap(range, [jid, 1]))) continue
          seen.add(jid)
          const code = view.statuses[offset] as number
          if (code > DONE) {
            if (gate.mode === 'abort') return { failed: jid }
          } else if (code < DONE) candidate ??= { jid, submission: segment.submission }
        }
        if (candidate !== undefined && (gate.edged || gate.mode === 'ignore')) return { candidate }
      }
    }
    return candidate === undefined ? {} : { candidate }
  }

  async function isFinished(jid: number): Promise<boolean> {
    const [view] = await viewsOf(store, nobody, { ranges: [[jid, 1]] })
    return view === undefined || (view.statuses[jid - view.stored.segment.first] as number) >= DONE
  }

  /** One edge for each stretch of dependencies within one submission. */
  async function putEdges(gate: Gate): Promise<void> {
    for (const page of pages(gate.dependencies, PAGE_BLOCKS)) {
      const edges: Edge[] = []
      const found = await store.read({ ranges: page })
      for (const range of page) {
        for (const { segment } of found) {
          if (!overlap(range, [segment.first, segment.count])) continue
          const first = Math.max(range[0], segment.first)
          const end = Math.min(range[0] + range[1], segment.first + segment.count)
          const last = edges.at(-1)
          if (last?.submission === segment.submission && last.range[0] + last.range[1] === first) {
            edges[edges.length - 1] = { ...last, range: [last.range[0], end - last.range[0]] }
          } else edges.push({ submission: segment.submission, range: [first, end - first], gate: gate.id })
        }
      }
      await store.putEdges({ edges })
    }
  }

  /** The gate is open: messages for all segments that there are. Those that come later send for themselves. */
  async function send(gate: Gate): Promise<void> {
    const [row] = await store.getSubmissions({ ids: [gate.id] })
    let current = gate
    let bodies: ChunkMessage[] = []
    const flush = async (sentTo: number): Promise<boolean> => {
      if (bodies.length > 0) await jobs.send({ bodies })
      bodies = []
      const next = { ...current, sentTo, version: current.version + 1, looked: clock.now() }
      if (!(await store.putGate({ gate: next }))) return false
      current = next
      return true
    }
    const left = (row?.ranges ?? []).flatMap(range => above(range, gate.sentTo))
    for (const page of pages(left, PAGE_BLOCKS)) {
      for (const { segment } of await store.read({ ranges: page })) {
        for (const [first, weight] of chunksOf(segment)) bodies.push({ first, weight })
        if (bodies.length >= SENT_STEP && !(await flush(segment.first + segment.count))) return
      }
    }
    if (bodies.length > 0) await jobs.send({ bodies })
    await store.putGate({ gate: { ...current, sent: true, version: current.version + 1, looked: clock.now() } })
  }

  return { advance, stall }
}

function below(ranges: readonly Range[], cursor: number): readonly Range[] {
  return ranges.flatMap(([first, count]) => {
    const end = Math.min(first + count, cursor)
    return end > first ? [[first, end - first] as const] : []
  })
}

function above([first, count]: Range, from: number): readonly Range[] {
  const start = Math.max(first, from)
  return start < first + count ? [[start, first + count - start]] : []
}
