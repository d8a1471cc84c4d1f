import type { Range } from '../../protocol/job.ts'
import { joined } from '../../protocol/range.ts'
import type { JobStore } from '../ports/job-store.ts'
import { pages } from '../records/ranges.ts'
import { invalid, unknownJob } from '../records/refuse.ts'

/** Blocks of one read. */
export const PAGE_BLOCKS = 100

/** Refuses `unknown-job` naming the first dependency that does not exist, and a submission that waits for itself. */
export async function refuseUnknown(store: JobStore, dependencies: readonly Range[], id: number): Promise<void> {
  for (const page of pages(joined(dependencies), PAGE_BLOCKS)) {
    const stored = await store.read({ ranges: page })
    let at = 0
    for (const [first, count] of page) {
      let jid = first
      for (; at < stored.length && jid < first + count; at++) {
        const segment = stored[at]?.segment
        if (segment === undefined || segment.first > jid) break
        if (segment.submission === id)
          throw invalid(`Submission ${id} depends on itself.`, undefined, 'invalid-argument')
        jid = segment.first + segment.count
      }
      // A segment that reaches into the next range of the page is read for that one again.
      if (jid < first + count) throw unknownJob(jid)
    }
  }
}
