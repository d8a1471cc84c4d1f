import type { CronFacts, CronListAnswer, CronRequest, CronRunAnswer } from '../../protocol/cron.ts'
import { CloudException } from '../../protocol/errors.ts'
import { MAX_LABEL_CHARS } from '../../protocol/limits.ts'
import { paths } from '../../protocol/paths.ts'
import type { SubmitAnswer } from '../../protocol/routes.ts'
import type { Jid, JobOptions } from '../api.ts'
import { argumentError, shown } from '../argument-error.ts'
import type { Session } from '../connect/session.ts'
import { prepare } from '../submit/functions.ts'
import { readOptions } from '../submit/wire-options.ts'
import type { CronInfo, CronOptions, CronSchedule, Crons } from './cron-api.ts'

/** Answers in a row that name missing bundles. */
const MAX_SUPPLIES = 3

const taken: ReadonlySet<string> = new Set([
  'restartable',
  'highCpu',
  'killProcess',
  'profile',
  'fastSerialization',
  'maxRuntime',
  'retries',
  'env',
  'catchUp',
] satisfies (keyof CronOptions)[])

/** @param open the client's session, opened on the first ask */
export function createCrons(open: () => Session): Crons {
  return {
    async register(fn, label, schedule, options = {}) {
      checkLabel(label)
      const { catchUp, wire } = readCronOptions(options)
      const session = open()
      const prepared = prepare(fn, wire.env)
      const { name, arity } = prepared.captured
      if (arity.min > 0) {
        throw argumentError(
          `${name === '' ? 'The function' : name} takes arguments, and a cron has none to give. Wrap it: () => f(…).`,
        )
      }
      const args = await session.encoder(prepared, wire.fastSerialization ?? 0).encode([], true).bytes
      const request: CronRequest = {
        label,
        function: prepared.reference,
        schedule: textOf(schedule),
        options: wire,
        args: Buffer.from(args).toString('base64'),
        ...(catchUp !== undefined && { catchUp }),
      }
      for (let supplies = 0; ; supplies++) {
        const { missing = [] } = await session.transport.json<SubmitAnswer>('PUT', paths.crons, request)
        if (missing.length === 0) return
        if (supplies === MAX_SUPPLIES) {
          throw new CloudException(`The service keeps losing the bundle ${missing[0]}.`, { code: 'unavailable' })
        }
        await session.submitter.supply(missing, [prepared])
      }
    },
    async deregister(label) {
      await open().transport.json('POST', paths.cronDelete, { label: checkLabel(label) })
    },
    async list() {
      const labels: string[] = []
      let cursor: string | undefined
      do {
        const query = cursor === undefined ? '' : `?${new URLSearchParams({ cursor })}`
        const page = await open().transport.json<CronListAnswer>('GET', `${paths.crons}${query}`)
        labels.push(...page.crons.map(cron => cron.label))
        cursor = page.cursor
      } while (cursor !== undefined)
      return labels
    },
    async info(label) {
      return readable(
        await open().transport.json<CronFacts>(
          'GET',
          `${paths.cron}?${new URLSearchParams({ label: checkLabel(label) })}`,
        ),
      )
    },
    async manualRun(label) {
      checkLabel(label)
      const { leases, transport } = open()
      const leased = leases.take(1) ?? (await leases.need(1))
      const { jid } = await transport.json<CronRunAnswer>('POST', paths.cronRun, { label, jid: leased })
      return jid as unknown as Jid
    },
  }
}

function readCronOptions(options: CronOptions) {
  if (typeof options !== 'object' || options === null) {
    throw argumentError(`cron.register takes options, not ${shown(options)}.`)
  }
  const { catchUp, ...rest } = options
  for (const name of Object.keys(rest)) {
    if (taken.has(name)) continue
    throw argumentError(`A cron has no option ${name}. Its options are: ${[...taken].join(', ')}.`)
  }
  if (catchUp !== undefined && typeof catchUp !== 'boolean') {
    throw argumentError(`The option catchUp is ${shown(catchUp)}: it takes true or false.`)
  }
  return { catchUp, wire: readOptions(rest as JobOptions).wire }
}

function checkLabel(label: string): string {
  const isText = typeof label === 'string' && label.isWellFormed()
  if (isText && label.length > 0 && label.length <= MAX_LABEL_CHARS) return label
  throw argumentError(`The label is ${shown(label)}: it takes a string of 1 to ${MAX_LABEL_CHARS} characters.`)
}

/** The service reads it; here it becomes the text that a crontab would have. */
function textOf(schedule: CronSchedule): string {
  if (typeof schedule === 'string') return schedule
  const fields: unknown = schedule
  if (Array.isArray(fields) && fields.length === 5 && fields.every(field => /^[^\s]+$/.test(String(field)))) {
    return fields.join(' ')
  }
  throw argumentError(`The schedule is ${shown(schedule)}: it takes a string of five fields, or five of them.`)
}

function readable({ created, lastRun, lastJid, next, ...facts }: CronFacts): CronInfo {
  return {
    ...facts,
    created: new Date(created),
    lastRun: lastRun === null ? undefined : new Date(lastRun),
    lastJid: lastJid === null ? undefined : (lastJid as unknown as Jid),
    next: next.map(at => new Date(at)),
  }
}
