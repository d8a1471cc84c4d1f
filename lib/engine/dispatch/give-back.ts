import type { WireOptions } from '../../protocol/options.ts'
import { chunkMessage } from '../ports/chunk-message.ts'
import type { Ports } from '../ports/ports.ts'
import { MAX_DELAY_MS, type Receipt } from '../ports/queue.ts'
import type { Run } from '../records/run.ts'
import type { Segment } from '../records/segment.ts'
import { transition } from '../records/transition.ts'

/** A chunk that its holder gives back: the run as it then is, and the message under which it was held. */
export interface GivenBack {
  readonly run: Run
  readonly receipt: Receipt
  /** Milliseconds. */
  readonly delay: number
  /** Of its submission. */
  readonly options: WireOptions
}

/** The chunk as it is given back until `notBefore` (epoch milliseconds); undefined where it is not held any more. */
export function givenBack(
  { run, receipt, segment }: Pick<GivenBack, 'run' | 'receipt'> & { readonly segment: Pick<Segment, 'options'> },
  notBefore: number,
  now: number,
): GivenBack | undefined {
  const released = transition(run, { type: 'release', attempt: run.attempt, notBefore }, now)
  if (typeof released === 'string') return undefined
  const delay = Math.min(Math.max(0, notBefore - now), MAX_DELAY_MS)
  return { run: released, receipt, delay, options: segment.options }
}

/** First a new message, then the run, then the old message goes; false where another holds the chunk by now. */
export async function giveBack(
  ports: Pick<Ports, 'jobs' | 'store' | 'clock'>,
  { run, receipt, delay, options }: GivenBack,
): Promise<boolean> {
  const { jobs, store } = ports
  await jobs.send({ bodies: [chunkMessage(run.first, run.count, options)], delay })
  const [kept] = await store.putRuns({ puts: [{ run }] })
  if (kept !== true) return false
  await jobs.delete({ receipts: [receipt] })
  await killReleased(ports, run)
  return true
}

/** A kill that was asked for while the chunk was still held was left to its holder. */
async function killReleased({ store, clock }: Pick<Ports, 'store' | 'clock'>, run: Run): Promise<void> {
  const [found] = await store.read({ ranges: [[run.first, run.count]] })
  const marks = found?.kills?.subarray(run.first - found.segment.first)
  if (marks === undefined) return
  const offsets = Array.from({ length: run.count }, (_, offset) => offset).filter(offset => marks[offset] !== 0)
  const killed = transition(run, { type: 'kill', offsets }, clock.now())
  if (typeof killed !== 'string') await store.putRuns({ puts: [{ run: killed }] })
}
