import { chunkMessage } from '../ports/chunk-message.ts'
import type { Ports } from '../ports/ports.ts'
import type { ChunkMessage, Receipt, Received } from '../ports/queue.ts'
import type { Settings } from '../ports/settings.ts'
import { finishedOffsets, freshRun, type Run } from '../records/run.ts'
import { chunkArgs, chunkOf, type StoredSegment } from '../records/segment.ts'
import { ERROR } from '../records/status-code.ts'
import { transition } from '../records/transition.ts'
import { freeUploads } from '../submit/free-uploads.ts'
import { actOn } from './receipt.ts'

/** How often a chunk that never began comes back from the dead letters: the queue may have been too long for it. */
const MAX_AGAIN = 3

/** Takes messages that a queue gave up, so that their jobs end all the same; answers those on which nothing hangs any more. */
export async function giveUp(
  ports: Pick<Ports, 'store' | 'jobs' | 'clock' | 'blobs'>,
  settings: Settings,
  dead: readonly Received<ChunkMessage>[],
): Promise<readonly Receipt[]> {
  const over: Receipt[] = []
  for (const message of dead) {
    try {
      if (await giveUpOne(ports, settings, message)) over.push(message.receipt)
    } catch (error) {
      settings.onError(error)
    }
  }
  return over
}

/** True once nothing hangs on the message. */
async function giveUpOne(
  { store, jobs, clock, blobs }: Pick<Ports, 'store' | 'jobs' | 'clock' | 'blobs'>,
  settings: Settings,
  { body, sent }: Received<ChunkMessage>,
): Promise<boolean> {
  const { first, weight, again = 0 } = body
  const now = clock.now()
  const [stored] = await store.read({ ranges: [[first, weight]], args: true })
  const [gate] = stored?.segment.gated === true ? await store.getGates({ ids: [stored.segment.submission] }) : []
  const action = actOn({ first, age: now - sent, stored, gate, now, random: 0 }, settings)
  if (action.act === 'delete' || stored === undefined) return action.act === 'delete'
  if (action.act === 'keep') return false
  const known = stored.runs.find(one => one.run.first === first)?.run
  if (action.act === 'replace' || ((known?.attempt ?? 0) === 0 && again < MAX_AGAIN)) {
    const delay = action.act === 'replace' ? action.delay : 0
    const message = chunkMessage(first, weight, stored.segment.options)
    await jobs.send({ bodies: [{ ...message, again: again + 1 }], delay })
    return true
  }
  const run = lost(stored, first, known, now)
  if (run === undefined) return false
  const [kept] = await store.putRuns({ puts: [{ run }] })
  if (kept !== true) return false
  if (stored.segment.uploads) await freeUploads(blobs, chunkArgs(stored, run), finishedOffsets(run))
  return true
}

/** The run with all that is unfinished of it lost; undefined when it is held after all. */
function lost({ segment }: StoredSegment, first: number, known: Run | undefined, now: number): Run | undefined {
  const [, count] = chunkOf(segment, first)
  const run = known ?? freshRun({ first, count, submission: segment.submission })
  const next =
    run.phase === 'processing'
      ? transition(
          run,
          { type: 'claim', lease: 0, restartable: false, maxLosses: 0, kills: undefined, at: 0, starts: false },
          now,
        )
      : transition(
          run,
          { type: 'kill', offsets: Array.from({ length: count }, (_, offset) => offset), status: ERROR },
          now,
        )
  return typeof next === 'string' ? undefined : next
}
