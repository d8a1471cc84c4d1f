import { Custody } from './custody.ts'
import { freeUploads } from './free-uploads.ts'
import { createKeeping } from './keeping.ts'
import type { Launcher } from './launcher.ts'
import { createPause } from './pause.ts'
import type { Ports } from './ports.ts'
import type { ChunkMessage, Receipt, Received } from './queue.ts'
import { actOn } from './receipt.ts'
import { finishedOffsets, freshRun, type Run } from './run.ts'
import { chunkArgs, chunkOf, type StoredSegment } from './segment.ts'
import type { Settings } from './settings.ts'
import { type Claim, transition } from './transition.ts'

/** Brings chunks from the queue to the launcher, and keeps custody of them. */
export interface Dispatcher {
  start(): void
  /** A segment got kill marks. */
  marked(segment: number): void
  /** The chunk that begins with this jid, if it runs here. */
  held(first: number): Custody | undefined
  /** Runs what was received elsewhere, as by a function that a queue calls. */
  take(received: readonly Received<ChunkMessage>[]): Promise<void>
  close(): void
}

interface Claimed {
  readonly message: Received<ChunkMessage>
  readonly stored: StoredSegment
  readonly run: Run
}

export function createDispatcher(ports: Ports & { launcher: Launcher }, settings: Settings): Dispatcher {
  const { store, jobs, clock, launcher } = ports
  const pause = createPause(ports.timers)
  const keeping = createKeeping(ports, settings, () => void pump())
  let running = false
  let pumping = false

  async function pump(): Promise<void> {
    if (pumping || !running) return
    pumping = true
    while (running && launcher.wanted > 0) {
      try {
        const { receive: max, lease: visibility, poll: wait } = settings
        const received = await jobs.receive({ max, weight: Math.max(1, launcher.wanted), visibility, wait })
        if (!running) await jobs.delay({ receipts: received.map(one => one.receipt), delay: 0 })
        else if (received.length > 0) await take(received)
      } catch (error) {
        settings.onError(error)
        await pause(settings.again)
      }
    }
    pumping = false
  }

  async function take(received: readonly Received<ChunkMessage>[]): Promise<void> {
    const now = clock.now()
    const stored = await read(received)
    const claims: Claimed[] = []
    const done: Receipt[] = []
    const gates = await gatesOf(stored)
    for (const [index, message] of received.entries()) {
      const { first } = message.body
      const found = stored[index]
      const gate = found?.segment.gated === true ? gates.get(found.segment.submission) : undefined
      const age = now - message.sent
      const action = actOn({ first, age, stored: found, gate, now: clock.now(), random: clock.random() }, settings)
      if (action.act === 'claim' && found !== undefined) {
        const run = claim(found, first)
        if (run !== undefined) claims.push({ message, stored: found, run })
      } else if (action.act === 'keep') await jobs.delay({ receipts: [message.receipt], delay: action.delay })
      else {
        if (action.act === 'replace') await jobs.send({ bodies: [message.body], delay: action.delay })
        done.push(message.receipt)
      }
    }
    if (claims.length > 0) await start(claims, done)
    if (done.length > 0) await jobs.delete({ receipts: done })
  }

  /** The segment of each message, in their order; those that are not there yet are read again a few times. */
  async function read(received: readonly Received<ChunkMessage>[]): Promise<(StoredSegment | undefined)[]> {
    let missing = received.map((_, index) => index)
    const found = new Array<StoredSegment | undefined>(received.length).fill(undefined)
    for (const wait of [0, ...settings.rereads]) {
      if (wait > 0) await pause(wait)
      const bodies = missing.map(index => (received[index] as Received<ChunkMessage>).body)
      const segments = await store.read({ ranges: bodies.map(body => [body.first, body.weight]), args: true })
      let at = 0
      missing = missing.filter((index, nth) => {
        const segment = segments[at]
        if (segment === undefined || !isIn(segment, (bodies[nth] as ChunkMessage).first)) return true
        found[index] = segment
        at++
        return false
      })
      // Waiting holds up the messages that came along, so that only lone ones do; the others come up again.
      if (missing.length === 0 || missing.length < received.length) break
    }
    return found
  }

  async function gatesOf(stored: readonly (StoredSegment | undefined)[]) {
    const ids = new Set<number>()
    for (const one of stored) if (one?.segment.gated === true) ids.add(one.segment.submission)
    if (ids.size === 0) return new Map()
    const gates = await store.getGates({ ids: [...ids] })
    return new Map([...ids].map((id, index) => [id, gates[index]]))
  }

  function claim(stored: StoredSegment, first: number): Run | undefined {
    const { segment, kills } = stored
    const now = clock.now()
    const [, count] = chunkOf(segment, first)
    const known = stored.runs.find(one => one.run.first === first)?.run
    const event: Claim = {
      type: 'claim',
      lease: now + settings.lease,
      restartable: segment.options.restartable ?? true,
      maxLosses: settings.maxLosses,
      kills,
      at: first - segment.first,
    }
    const next = transition(known ?? freshRun({ first, count, submission: segment.submission }), event, now)
    return typeof next === 'string' ? undefined : next
  }

  async function start(claims: readonly Claimed[], done: Receipt[]): Promise<void> {
    const now = clock.now()
    const custodies = claims.map(({ stored, run, message }) => {
      if (run.phase === 'finished') return undefined
      const custody = new Custody(keeping, stored, run, message.receipt, now)
      keeping.add(custody)
      return custody
    })
    let kept: readonly boolean[]
    try {
      kept = await store.putRuns({ puts: claims.map(({ run }) => ({ run })) })
    } catch (error) {
      // Whether it was kept is unknown, and another's claim would look the same: only the lease tells.
      for (const custody of custodies) if (custody !== undefined) keeping.drop(custody)
      throw error
    }
    for (const [index, custody] of custodies.entries()) {
      const { stored, run, message } = claims[index] as Claimed
      if (kept[index] !== true) {
        if (custody !== undefined) keeping.drop(custody)
        await jobs.delay({ receipts: [message.receipt], delay: settings.again })
      } else if (custody === undefined) {
        if (stored.segment.uploads) await freeUploads(ports.blobs, chunkArgs(stored, run), finishedOffsets(run))
        done.push(message.receipt)
      } else custody.launch()
    }
  }

  return {
    start() {
      running = true
      launcher.onWanted(() => void pump())
      void pump()
    },
    marked: segment => keeping.look(segment),
    held: first => keeping.held(first),
    take,
    close() {
      running = false
      keeping.close()
    },
  }
}

function isIn({ segment }: StoredSegment, jid: number): boolean {
  return segment.first <= jid && jid < segment.first + segment.count
}
