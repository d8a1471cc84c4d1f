import { CloudException } from '../protocol/errors.ts'
import type { Range } from '../protocol/job.ts'
import { unpack } from '../protocol/packed.ts'
import { joined } from '../protocol/range.ts'
import type { DeleteRequest } from '../protocol/routes.ts'
import { jobFolder } from './ports/blob-keys.ts'
import type { Blobs } from './ports/blobs.ts'
import type { Tomb } from './ports/job-store.ts'
import type { Ports } from './ports/ports.ts'
import { isBuried, spansOf } from './query/spans.ts'
import { type View, viewsOf } from './query/view.ts'
import { overlap, pages } from './records/ranges.ts'
import { flagsAt } from './records/run.ts'
import type { StoredRun } from './records/segment.ts'
import { DONE, statusOf } from './records/status-code.ts'
import { PAGE_BLOCKS } from './submit/dependency.ts'
import { freeUploads } from './submit/free-uploads.ts'

const BLOB_MARK = 0xb0

/** Forgets finished jobs: all or, where one is not finished or not known, none. Deleted ones are no error. */
export async function remove({ store, blobs }: Pick<Ports, 'store' | 'blobs'>, request: DeleteRequest): Promise<void> {
  const ranges = joined(request.ranges)
  for (const page of pages(ranges, PAGE_BLOCKS)) {
    refuseUnfinished(page, await viewsOf(store, () => undefined, { ranges: page }))
  }
  for (const page of pages(ranges, PAGE_BLOCKS)) {
    const views = await viewsOf(store, () => undefined, { ranges: page, payloads: true, args: true })
    const tombs: Tomb[] = []
    for (const view of views) {
      const offsets = offsetsIn(view, ranges)
      const statuses = new Uint8Array(view.stored.segment.count)
      for (const offset of offsets) statuses[offset] = view.statuses[offset] as number
      tombs.push({ segment: view.stored.segment.first, statuses })
      await removeBlobs(blobs, view, new Set(offsets))
    }
    await store.bury({ tombs })
  }
}

function refuseUnfinished(ranges: readonly Range[], views: readonly View[]): void {
  for (const { view, from, to } of spansOf(ranges, views)) {
    for (let offset = from; offset < to; offset++) {
      const code = view.statuses[offset] as number
      if (code >= DONE) continue
      const jid = view.stored.segment.first + offset
      const status = statusOf(code)
      throw new CloudException(`Job ${jid} is ${status}, and only finished jobs can be deleted.`, {
        code: 'not-finished',
        jid,
        status,
        hint: 'Kill it first, or wait for it.',
      })
    }
  }
}

function offsetsIn(view: View, ranges: readonly Range[]): number[] {
  const { segment } = view.stored
  const offsets: number[] = []
  for (let offset = 0; offset < segment.count; offset++) {
    if (!isBuried(view, offset) && ranges.some(range => overlap(range, [segment.first + offset, 1])))
      offsets.push(offset)
  }
  return offsets
}

async function removeBlobs(blobs: Blobs, { stored }: View, offsets: ReadonlySet<number>): Promise<void> {
  const { segment, args } = stored
  if (segment.uploads && args !== undefined) await freeUploads(blobs, args, offsets)
  for (const one of stored.runs) {
    const large = largeOf(one)
    for (let offset = 0; offset < one.run.count; offset++) {
      const jid = one.run.first + offset
      if (!offsets.has(jid - segment.first)) continue
      // A try that was lost or repeated may have left something; else only what the run speaks of is there.
      const isTraced = one.run.attempt > 1 || flagsAt(one.run, offset) !== 0 || large.has(offset)
      if (isTraced) await blobs.delete({ key: jobFolder(jid) })
    }
  }
}

function largeOf({ payloads }: StoredRun): ReadonlySet<number> {
  const large = new Set<number>()
  for (const { offsets, packed } of payloads) {
    for (const [index, offset] of offsets.entries()) if (unpack(packed, index)[0] === BLOB_MARK) large.add(offset)
  }
  return large
}
