import { isTerminal } from '../../lib/protocol/job.ts'
import { pack } from '../../lib/protocol/packed.ts'
import type { CallAnswer, Called, CallHeader } from '../../lib/protocol/routes.ts'
import type { FakeEngine } from './fake-engine.ts'

/** A submit that waits for nothing, and brings along what has ended already where the engine `holds`. */
export function fakeCall(engine: FakeEngine) {
  return async ({ wait, ...header }: CallHeader, sections: readonly Uint8Array[]): Promise<Called> => {
    engine.held.push(wait)
    const accepted = await engine.submit(header, sections)
    const finished: CallAnswer['finished'] = []
    const payloads: Uint8Array[] = []
    const segments = engine.holds ? header.submissions.flatMap(submission => submission.segments) : []
    for (const { first, count } of segments) {
      for (let jid = first; jid < first + count; jid++) {
        const job = engine.jobs.get(jid)
        if (job === undefined || !isTerminal(job.status)) continue
        finished.push({ first: jid, statuses: [job.status] })
        payloads.push(job.payload)
      }
    }
    return { answer: { ...accepted, finished }, payloads: pack(payloads) }
  }
}
