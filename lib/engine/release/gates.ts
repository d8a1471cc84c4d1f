import type { Range } from '../../protocol/job.ts'
import { chunkMessage } from '../ports/chunk-message.ts'
import type { Ports } from '../ports/ports.ts'
import type { ChunkMessage } from '../ports/queue.ts'
import { viewsOf } from '../query/view.ts'
import type { Gate } from '../records/gate.ts'
import { pages } from '../records/ranges.ts'
import { chunksOf } from '../records/segment.ts'
import { DONE } from '../records/status-code.ts'
import { PAGE_BLOCKS } from '../submit/dependency.ts'
import { edgesOf } from './edges.ts'
import { scan } from './scan.ts'

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
    const { failed, candidate } = await scan(store, gate)
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

  async function isFinished(jid: number): Promise<boolean> {
    const [view] = await viewsOf(store, nobody, { ranges: [[jid, 1]] })
    return view === undefined || (view.statuses[jid - view.stored.segment.first] as number) >= DONE
  }

  async function putEdges(gate: Gate): Promise<void> {
    for (const page of pages(gate.dependencies, PAGE_BLOCKS)) {
      const found = await store.read({ ranges: page })
      await store.putEdges({
        edges: edgesOf(
          gate.id,
          page,
          found.map(one => one.segment),
        ),
      })
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
        for (const [first, weight] of chunksOf(segment)) bodies.push(chunkMessage(first, weight, segment.options))
        if (bodies.length >= SENT_STEP && !(await flush(segment.first + segment.count))) return
      }
    }
    if (bodies.length > 0) await jobs.send({ bodies })
    await store.putGate({ gate: { ...current, sent: true, version: current.version + 1, looked: clock.now() } })
  }

  return { advance, stall }
}

function above([first, count]: Range, from: number): readonly Range[] {
  const start = Math.max(first, from)
  return start < first + count ? [[start, first + count - start]] : []
}
