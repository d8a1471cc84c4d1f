import type { Range } from '../../protocol/job.ts'
import type { JobStore } from '../ports/job-store.ts'
import { type View, viewsOf } from '../query/view.ts'
import type { Gate } from '../records/gate.ts'
import { pages } from '../records/ranges.ts'
import { DONE, ERROR } from '../records/status-code.ts'
import { PAGE_BLOCKS } from '../submit/dependency.ts'

/** What a gate waits for. Neither: for nothing any more. */
export interface Scanned {
  /** A dependency that failed, of a gate that aborts on that. */
  readonly failed?: number
  /** The last dependency that is not finished. */
  readonly candidate?: { readonly jid: number; readonly submission: number }
}

const nobody = () => undefined

/** Downwards, as jobs end roughly in order: the last to finish is near the end. Before the edges are there, to the bottom. */
export async function scan(store: JobStore, gate: Gate): Promise<Scanned> {
  const { dependencies, edged, mode, cursor } = gate
  let candidate: Scanned['candidate']
  const all = [...pages(below(dependencies, edged ? cursor : Number.POSITIVE_INFINITY), PAGE_BLOCKS)]
  for (const page of all.reverse()) {
    const views = await viewsOf(store, nobody, { ranges: page })
    for (const { jid, code, submission } of downwards(page, views)) {
      if (code > DONE && mode === 'abort') return { failed: jid }
      if (code < DONE) candidate ??= { jid, submission }
    }
    if (candidate !== undefined && (edged || mode === 'ignore')) break
  }
  return candidate === undefined ? {} : { candidate }
}

/** The jobs of the ranges, from the last to the first. A missing one counts as failed. */
function* downwards(ranges: readonly Range[], views: readonly View[]) {
  let at = views.length - 1
  for (const [first, count] of ranges.toReversed()) {
    for (let jid = first + count - 1; jid >= first; jid--) {
      while (at >= 0 && (views[at] as View).stored.segment.first > jid) at--
      const view = views[at]
      const { segment } = view?.stored ?? {}
      if (view?.isAccepted !== true || segment === undefined || jid >= segment.first + segment.count) {
        yield { jid, code: ERROR, submission: 0 }
      } else yield { jid, code: view.statuses[jid - segment.first] as number, submission: segment.submission }
    }
  }
}

function below(ranges: readonly Range[], cursor: number): readonly Range[] {
  return ranges.flatMap(([first, count]) => {
    const end = Math.min(first + count, cursor)
    return end > first ? [[first, end - first] as const] : []
  })
}
