import { nextFires } from '../../cron/fire-times.ts'
import { parseSchedule } from '../../cron/parse.ts'
import { wordsOf } from '../../cron/words.ts'
import type { CronFacts, CronRequest } from '../../protocol/cron.ts'
import type { Principal } from '../../protocol/job.ts'
import { endsSection, pack } from '../../protocol/packed.ts'
import type { SubmitHeader } from '../../protocol/routes.ts'

/** A cron as the registry keeps it, under its label. Moments in epoch milliseconds. */
export interface CronRecord extends Omit<CronRequest, 'label' | 'catchUp'> {
  readonly catchUp: boolean
  /** Whose jobs these are: the key that registered it. */
  readonly key?: number
  readonly created: number
  /** Nothing up to this moment is to be fired any more. */
  readonly until: number
  /** A minute that is to run, under this jid, and perhaps does: whoever finds this submits it. */
  readonly pending?: { readonly minute: number; readonly jid: number }
  readonly lastRun?: number
  readonly lastJid?: number
}

/** Runs that are told ahead. */
const AHEAD = 5

export function factsOf(label: string, cron: CronRecord, now: number): CronFacts {
  const schedule = parseSchedule(cron.schedule)
  return {
    label,
    schedule: cron.schedule,
    words: wordsOf(schedule),
    function: cron.function.name,
    catchUp: cron.catchUp,
    created: cron.created,
    lastRun: cron.lastRun ?? null,
    lastJid: cron.lastJid ?? null,
    next: nextFires(schedule, now, AHEAD),
  }
}

/** Its job under this jid, as a client would submit it. */
export function submissionOf(
  label: string,
  { function: reference, options, args }: CronRecord,
  jid: number,
): { readonly header: SubmitHeader; readonly sections: readonly Uint8Array[] } {
  const packed = pack([Uint8Array.from(atob(args), char => char.charCodeAt(0))])
  const segments = [{ first: jid, count: 1, args: [0, 1] as [number, number] }]
  const submission = { id: jid, function: reference, options: { ...options, label }, segments }
  return { header: { submissions: [submission] }, sections: [endsSection(packed), packed.bytes] }
}

/** Who submits what a cron fires: whoever registered it. */
export function principalOf({ key }: CronRecord): Principal {
  return key === undefined ? { kind: 'owner' } : { kind: 'key', key, scopes: ['submit'] }
}
