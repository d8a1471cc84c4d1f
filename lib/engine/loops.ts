import { createPause } from './dispatch/pause.ts'
import type { Ports } from './ports/ports.ts'
import type { Settings } from './ports/settings.ts'
import type { Gate } from './records/gate.ts'
import type { Gates } from './release/gates.ts'
import type { Release } from './release/release.ts'
import type { Crons } from './service/crons.ts'
import type { Files } from './service/files.ts'
import type { Uploads } from './submit/uploads.ts'

/** What looks after gates all the time, where one process does all. */
export interface Loops {
  start(): void
  close(): void
  sweep(): Promise<void>
}

/** Pointers of one read. */
const POINTERS = 1_000
/** Control messages of one receive: few, as each may mean a hundred gates. */
const MESSAGES = 10

export function createLoops(
  ports: Pick<Ports, 'store' | 'control' | 'timers' | 'clock'>,
  settings: Settings,
  {
    gates,
    release,
    crons,
    files,
    uploads,
  }: {
    readonly gates: Gates
    readonly release: Release
    readonly crons: Pick<Crons, 'catchUp'>
    readonly files: Pick<Files, 'sweep'>
    readonly uploads: Pick<Uploads, 'sweep'>
  },
): Loops {
  const { store, control, timers, clock } = ports
  const pause = createPause(timers)
  /** Pointers that had no gate at the last sweep: their submit was cut short. */
  let orphans: ReadonlySet<number> = new Set()
  let running = false

  async function receive(): Promise<void> {
    while (running) {
      try {
        const { lease: visibility, poll: wait } = settings
        const received = await control.receive({ max: MESSAGES, visibility, wait })
        if (running && received.length > 0) await release.control(received)
      } catch (error) {
        settings.onError(error)
        await pause(settings.again)
      }
    }
  }

  /** Looks at all gates that still have something to do, but for those that changed within the last `idle` milliseconds. */
  async function takeUpAll(idle: number): Promise<void> {
    const missing = new Set<number>()
    let after: number | undefined = 0
    while (after !== undefined) {
      const ids = await store.pointers({ after, limit: POINTERS })
      const found = await store.getGates({ ids })
      for (const [index, id] of ids.entries()) if (!(await takeUp(id, found[index], idle))) missing.add(id)
      after = ids.at(-1)
    }
    orphans = missing
  }

  async function sweep(): Promise<void> {
    await takeUpAll(settings.idleGate)
    await crons.catchUp(clock.now() - settings.cronGrace)
    const abandoned = clock.now() - settings.abandonedUpload
    await files.sweep(abandoned)
    await uploads.sweep(abandoned)
  }

  /** False: the gate is not there. */
  async function takeUp(id: number, gate: Gate | undefined, idle: number): Promise<boolean> {
    if (gate === undefined) {
      if (orphans.has(id)) await store.deletePointer({ gate: id })
      return false
    }
    if (gate.looked + idle <= clock.now()) await gates.advance(id)
    return true
  }

  function sweepLater(): void {
    timers.after({ ms: settings.sweep }, () => {
      if (!running) return
      sweepLater()
      sweep().catch(settings.onError)
    })
  }

  return {
    start() {
      if (running) return
      running = true
      // Where changes are told in this process alone, one that died may have taken some along: of gates that nobody looked at.
      if (store.listen !== undefined) takeUpAll(0).catch(settings.onError)
      void receive()
      sweepLater()
    },
    close() {
      running = false
    },
    sweep,
  }
}
