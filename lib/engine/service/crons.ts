import { firesAt, previousFire } from '../../cron/fire-times.ts'
import { parseSchedule } from '../../cron/parse.ts'
import type { CronFacts, CronListAnswer, CronRequest, CronRunAnswer, CronRunRequest } from '../../protocol/cron.ts'
import { CloudException } from '../../protocol/errors.ts'
import { keyOf, type Principal } from '../../protocol/job.ts'
import type { PageRequest } from '../../protocol/page.ts'
import type { SubmitAnswer } from '../../protocol/routes.ts'
import type { Firing } from '../ports/cron-alarms.ts'
import type { JobStore } from '../ports/job-store.ts'
import type { Ports } from '../ports/ports.ts'
import { type Records, recordsOf } from '../ports/records.ts'
import type { Stored } from '../ports/registry.ts'
import type { Settings } from '../ports/settings.ts'
import { type CronRecord, factsOf, principalOf, submissionOf } from '../records/cron-record.ts'
import { BLOCK } from '../records/segment.ts'
import type { Bundles } from '../submit/bundles.ts'
import type { Submit } from '../submit/submit.ts'
import { ofService } from './of-service.ts'

/** Functions that run by the clock. All refuse `unsupported` where there is no service, and `not-found` unknown labels. */
export interface Crons {
  /** In the place of any of that label. Bundles that lack are answered, and then nothing was done. */
  register(request: CronRequest, principal: Principal): Promise<SubmitAnswer>
  deregister(label: string, principal: Principal): Promise<void>
  info(label: string): Promise<CronFacts>
  list(request: PageRequest): Promise<CronListAnswer>
  /** Runs it now, besides its schedule. */
  run(request: CronRunRequest, principal: Principal): Promise<CronRunAnswer>
  /** An alarm rang. Each minute of a cron runs once, however often this is called; one that is over is not run. */
  fire(firing: Firing): Promise<void>
  /** Runs what was begun and not submitted; and, of crons that want that, the last minute up to this moment if it was missed. */
  catchUp(until: number): Promise<void>
}

/** Crons of a page where the request doesn't say. */
const PAGE = 100
/** How far a minute may lie ahead, as clocks differ. */
const AHEAD_MS = 60_000

/**
 * A minute runs once: a compare-and-set moves `until` on to it and notes its jid as `pending`; then its job is submitted under that
 * jid, which may be done twice; then `pending` goes. Whoever finds one that is still there submits it.
 */
export function createCrons(
  ports: Pick<Ports, 'clock' | 'registry' | 'alarms'> & { readonly store: Pick<JobStore, 'lease'> },
  settings: Pick<Settings, 'cronGrace' | 'onError'>,
  { bundles, submit }: { readonly bundles: Pick<Bundles, 'lacking'>; readonly submit: Submit },
): Crons {
  const { clock, store } = ports
  const records = (): Records<CronRecord> => recordsOf(ofService(ports.registry, 'crons'), 'cron')

  async function known(label: string): Promise<CronRecord> {
    const stored = await records().get(label)
    if (stored === undefined) throw unknown(label)
    return stored.value
  }

  async function freshJid(): Promise<number> {
    return await store.lease({ count: BLOCK })
  }

  async function submitUnder(label: string, cron: CronRecord, jid: number, principal: Principal): Promise<void> {
    const { header, sections } = submissionOf(label, cron, jid)
    const { missing = [] } = await submit(header, sections, principal)
    if (missing.length === 0) return
    throw new CloudException(`The bundle ${missing[0]} of the cron “${label}” is gone.`, {
      code: 'not-found',
      hint: 'Register it again.',
    })
  }

  async function finish(label: string, cron: CronRecord, { jid }: { readonly jid: number }): Promise<void> {
    await submitUnder(label, cron, jid, principalOf(cron))
    const lastRun = clock.now()
    await records().change(label, now => {
      if (now?.pending?.jid !== jid) return undefined
      const { pending: _, ...rest } = now
      return { ...rest, lastRun, lastJid: jid }
    })
  }

  /** Nothing, if that minute or a later one had its turn. */
  async function runMinute({ label, minute }: Firing): Promise<void> {
    for (;;) {
      const stored = await records().get(label)
      if (stored === undefined) return
      const { value: cron, version } = stored
      if (cron.pending !== undefined) await finish(label, cron, cron.pending)
      if (minute <= cron.until) return
      if (cron.pending !== undefined) continue
      const pending = { minute, jid: await freshJid() }
      const next = { ...cron, until: minute, pending }
      if ((await records().put(label, next, version)) === undefined) continue
      return await finish(label, next, pending)
    }
  }

  async function catchUpOne({ name, value }: Stored<CronRecord>, until: number): Promise<void> {
    if (value.pending !== undefined) await finish(name, value, value.pending)
    const missed = value.catchUp ? previousFire(parseSchedule(value.schedule), until) : undefined
    if (missed !== undefined && missed > value.until) await runMinute({ label: name, minute: missed })
  }

  return {
    async register({ label, catchUp = false, ...request }, principal) {
      refuseJob(principal)
      parseSchedule(request.schedule)
      const alarms = ofService(ports.alarms, 'crons')
      const missing = await bundles.lacking([request.function])
      if (missing.length > 0) return { missing: [...missing] }
      const now = clock.now()
      const key = keyOf(principal)
      const cron = { ...request, catchUp, created: now, until: now, ...(key !== undefined && { key }) }
      await alarms.changing({ label })
      await records().change(label, () => cron)
      await alarms.changed({ label })
      return {}
    },
    async deregister(label, principal) {
      refuseJob(principal)
      const alarms = ofService(ports.alarms, 'crons')
      await alarms.changing({ label })
      if (!(await records().delete(label))) throw unknown(label)
      await alarms.changed({ label })
    },
    info: async label => factsOf(label, await known(label), clock.now()),
    async list({ cursor, limit = PAGE }) {
      const found = await records().list({ ...(cursor !== undefined && { after: cursor }), limit: limit + 1 })
      const crons = found.slice(0, limit).map(({ name, value }) => factsOf(name, value, clock.now()))
      const last = crons.at(-1)
      return { crons, ...(found.length > limit && last !== undefined && { cursor: last.label }) }
    },
    async run({ label, jid: given }, principal) {
      const cron = await known(label)
      const jid = given ?? (await freshJid())
      await submitUnder(label, cron, jid, principal)
      const lastRun = clock.now()
      await records().change(label, now => now && { ...now, lastRun, lastJid: jid })
      return { jid }
    },
    async fire({ label, minute }) {
      const now = clock.now()
      if (minute > now + AHEAD_MS || now - minute >= settings.cronGrace) return
      const stored = await records().get(label)
      if (stored !== undefined && firesAt(parseSchedule(stored.value.schedule), minute)) {
        await runMinute({ label, minute })
      }
    },
    async catchUp(until) {
      if (ports.registry === undefined) return
      for await (const stored of records().each()) await catchUpOne(stored, until).catch(settings.onError)
    },
  }
}

function unknown(label: string): CloudException {
  return new CloudException(`There is no cron “${label}”.`, {
    code: 'not-found',
    hint: 'cloud.cron.list() tells what there is.',
  })
}

/** What a job submits runs as the machine that runs it may; a cron would go on long after. */
function refuseJob({ kind }: Principal): void {
  if (kind !== 'job') return
  throw new CloudException('Jobs register and end no crons.', { code: 'forbidden', hint: 'Do it from outside.' })
}
