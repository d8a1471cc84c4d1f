import { hash } from 'node:crypto'
import { createEngine, type Engine } from '../../lib/engine/engine.ts'
import type { Outcome, Work } from '../../lib/engine/ports/launcher.ts'
import type { Ports } from '../../lib/engine/ports/ports.ts'
import type { Settings } from '../../lib/engine/ports/settings.ts'
import { createBlobs } from '../../lib/memory/blobs.ts'
import { systemClock } from '../../lib/memory/clock.ts'
import { createJobStore } from '../../lib/memory/job-store.ts'
import { createQueue } from '../../lib/memory/queue.ts'
import { createTimers } from '../../lib/memory/timers.ts'
import { encodeFailure } from '../../lib/protocol/failure.ts'
import type { Principal, Status } from '../../lib/protocol/job.ts'
import type { WireOptions } from '../../lib/protocol/options.ts'
import { endsSection, pack, unpack } from '../../lib/protocol/packed.ts'
import type { SubmitHeader } from '../../lib/protocol/routes.ts'
import { instantLauncher } from './instant-launcher.ts'

export type Ran = Pick<Outcome, 'status' | 'code' | 'payload'> | undefined

const bundle = new TextEncoder().encode('the bundle')
export const bundleHash = hash('sha256', bundle, 'hex')
export const reference = { bundle: bundleHash, code: bundleHash, name: 'f', node: 24 }
export const owner: Principal = { kind: 'owner' }

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
export const text = (from: Uint8Array): string => new TextDecoder().decode(from)
export const done = (result = 'ok'): Ran => ({ status: 'done', payload: bytes(`\x01${result}`) })
export const failed = (): Ran => {
  return { status: 'error', code: 'exception', payload: encodeFailure({ code: 'exception', message: 'no luck' }) }
}
/** Runs until it is killed. */
export const endless = (): Ran => undefined

export interface Harness {
  readonly engine: Engine
  readonly ports: Ports
  /** What ran: jids, in the order of their starts. */
  readonly ran: number[]
  readonly launcher: ReturnType<typeof instantLauncher>
  /** Errors of the ports that nobody waited for. */
  readonly errors: unknown[]
  /** Submits `count` jobs with these arguments and returns the first jid. */
  submit(count: number, options?: WireOptions, principal?: Principal, open?: boolean): Promise<number>
  /** Waits until all of these are terminal, and returns their statuses and payloads as text. */
  results(first: number, count: number): Promise<readonly (readonly [Status, string])[]>
  statuses(first: number, count: number): Promise<readonly Status[]>
}

/** The engine over memory with a launcher that runs a function; `start: false` leaves all jobs queued. */
export async function harness(
  run: (jid: number, args: string, work: Work, offset: number) => Ran = () => done(),
  settings: Partial<Settings> & { start?: boolean } = {},
): Promise<Harness> {
  const timers = createTimers(systemClock)
  const clock = systemClock
  const ran: number[] = []
  const errors: unknown[] = []
  const launcher = instantLauncher((work, offset) => {
    ran.push(work.first + offset)
    return run(work.first + offset, text(unpack(work.args, offset)), work, offset)
  }, 200)
  const ports: Ports = {
    store: createJobStore(),
    jobs: createQueue({ clock, timers }),
    control: createQueue({ clock, timers }),
    blobs: createBlobs(),
    timers,
    clock,
    digest: content => hash('sha256', content, 'hex'),
    launcher,
  }
  const engine = createEngine(ports, { onError: error => errors.push(error), ...settings })
  await engine.putBundle(bundleHash, bundle)
  if (settings.start !== false) engine.start()
  return {
    engine,
    ports,
    ran,
    launcher,
    errors,
    async submit(count, options = {}, principal = owner, open = false) {
      const { first } = await engine.lease({ count })
      const [header, sections] = requestOf(first, first, count, options, open)
      await engine.submit(header, sections, principal)
      return first
    },
    async results(first, count) {
      const found = new Map<number, readonly [Status, string]>()
      while (found.size < count) {
        const ranges = missing(first, count, found)
        const { answer, payloads } = await engine.wait({ ranges, results: true, wait: 10_000 })
        let at = 0
        for (const one of answer.finished) {
          for (const [nth, status] of one.statuses.entries()) {
            found.set(one.first + nth, [status, text(unpack(payloads, at++))])
          }
        }
      }
      return Array.from({ length: count }, (_, nth) => found.get(first + nth) ?? ['waiting', ''])
    },
    async statuses(first, count) {
      const { statuses } = await engine.status({ ranges: [[first, count]] })
      return statuses.flatMap(one => Array.from({ length: one.count }, () => one.status))
    },
  }
}

function missing(first: number, count: number, found: ReadonlyMap<number, unknown>): [number, number][] {
  const ranges: [number, number][] = []
  for (let jid = first; jid < first + count; jid++) {
    const last = ranges.at(-1)
    if (found.has(jid)) continue
    if (last !== undefined && last[0] + last[1] === jid) last[1]++
    else ranges.push([jid, 1])
  }
  return ranges
}

/** A submission, or a part of one, as a client sends it: the argument of each job is its jid as text. */
export function requestOf(
  id: number,
  first: number,
  count: number,
  options: WireOptions = {},
  open = false,
): [SubmitHeader, Uint8Array[]] {
  const sections: Uint8Array[] = []
  const segments: SubmitHeader['submissions'][number]['segments'] = []
  for (let at = first; at < first + count; at += 100) {
    const many = Math.min(100, first + count - at)
    const args = pack(Array.from({ length: many }, (_, nth) => bytes(String(at + nth))))
    segments.push({ first: at, count: many, args: [sections.length, sections.length + 1] })
    sections.push(endsSection(args), args.bytes)
  }
  return [{ submissions: [{ id, function: reference, options, segments, open }] }, sections]
}
