import type { InfoKey, JobFacts } from '../../protocol/info.ts'
import { infoKeys } from '../../protocol/info.ts'
import { isTerminal, type Range, type Status, type TerminalStatus } from '../../protocol/job.ts'
import { MAX_INFO_JOBS, MAX_LIST_ROWS, MAX_REQUEST_RANGES } from '../../protocol/limits.ts'
import { paths } from '../../protocol/paths.ts'
import { joined } from '../../protocol/range.ts'
import type { InfoAnswer, ListAnswer, StatusAnswer } from '../../protocol/routes.ts'
import type { JobInfo, Listed } from '../api.ts'
import { argumentError, shown } from '../argument-error.ts'
import type { ListOptions } from '../cloud-api.ts'
import type { Session } from '../connect/session.ts'
import { JidRange } from '../jids/jid-range.ts'
import { portions, rangesOf, type Shape } from '../jids/jids.ts'
import { RangeSet } from '../jids/range-set.ts'
import type { SentNames } from '../submit/sent-names.ts'
import { errorOf } from './job-error.ts'

const defaultKeys = ['stdout', 'stderr', 'exception', 'runtime', 'status'] as const satisfies readonly InfoKey[]
/** Submissions in a listing when nothing else is said. */
const DEFAULT_ROWS = 100

/** Statuses in the shape of what was asked for. Final ones that are known here are not asked for again. */
export async function statusOf({ transport, finals }: Session, shape: Shape): Promise<unknown> {
  const known = new Map<number, Status>()
  const unknown = new RangeSet()
  for (const [first, count] of rangesOf(shape)) {
    for (let jid = first; jid < first + count; jid++) {
      const final = finals.size === 0 ? undefined : finals.get(jid, false)
      if (final === undefined) unknown.add(jid, 1)
      else known.set(jid, final.status)
    }
  }
  for (const ranges of portions([...unknown], MAX_REQUEST_RANGES, Number.POSITIVE_INFINITY)) {
    const { statuses } = await transport.json<StatusAnswer>('POST', paths.status, { ranges })
    for (const { first, count, status } of statuses) {
      for (let jid = first; jid < first + count; jid++) known.set(jid, status)
      if (isTerminal(status)) {
        const ended = new Array<TerminalStatus>(count).fill(status)
        finals.add({ first, statuses: ended, payloads: undefined, offset: 0 })
      }
    }
  }
  return shaped(shape, known)
}

function shaped(shape: Shape, known: ReadonlyMap<number, Status>): unknown {
  if (shape.kind === 'one') return known.get(shape.jid)
  if (shape.kind === 'list') return shape.items.map(item => shaped(item, known))
  return shape.ranges.flatMap(([first, count]) => Array.from({ length: count }, (_, index) => known.get(first + index)))
}

/** What is kept of jobs, by jid. */
export async function infoOf(
  { transport, sent }: Session,
  ranges: readonly Range[],
  asked: unknown,
): Promise<Record<number, Partial<JobInfo>>> {
  const keys = keysOf(asked)
  // The status of a failed job belongs to its exception.
  const wanted = keys.includes('exception') && !keys.includes('status') ? [...keys, 'status'] : keys
  const infos: Record<number, Partial<JobInfo>> = {}
  for (const portion of portions(joined(ranges), MAX_REQUEST_RANGES, MAX_INFO_JOBS)) {
    const { jobs } = await transport.json<InfoAnswer>('POST', paths.info, { ranges: portion, keys: wanted })
    for (const { jid, ...facts } of jobs) infos[jid] = readable(jid, facts, keys, sent)
  }
  return infos
}

function keysOf(asked: unknown): readonly InfoKey[] {
  if (asked === undefined) return defaultKeys
  const keys = typeof asked === 'string' ? [asked] : asked
  if (!Array.isArray(keys)) throw argumentError(`info takes a key or a list of keys, not ${shown(asked)}.`)
  for (const key of keys) {
    if (!(infoKeys as readonly unknown[]).includes(key)) {
      throw argumentError(`There is no info ${shown(key)}. Keys are: ${infoKeys.join(', ')}.`)
    }
  }
  return keys.length === 0 ? defaultKeys : keys
}

function readable(jid: number, facts: JobFacts, keys: readonly InfoKey[], sent: SentNames): Partial<JobInfo> {
  const info: Record<string, unknown> = {}
  for (const key of keys) {
    const value = facts[key]
    if (key === 'exception') {
      const failure = facts.exception ?? undefined
      info[key] = failure === undefined ? undefined : errorOf(failure, jid, facts.status as TerminalStatus, sent)
    } else if (key === 'runtime') info[key] = value ?? 0
    else info[key] = value
  }
  return info as Partial<JobInfo>
}

/** With no ranges every unfinished job of the key; with an empty list none. */
export async function killJobs(
  { transport }: Session,
  ranges: readonly Range[] | undefined,
  { tree }: { tree?: boolean },
): Promise<void> {
  if (tree !== undefined && typeof tree !== 'boolean')
    throw argumentError(`tree is ${shown(tree)}: it takes true or false.`)
  const asked = tree ? { tree } : {}
  if (ranges === undefined) return transport.json('POST', paths.kill, asked)
  for (const portion of portions(joined(ranges), MAX_REQUEST_RANGES, Number.POSITIVE_INFINITY)) {
    await transport.json('POST', paths.kill, { ...asked, ranges: portion })
  }
}

export async function deleteJobs({ transport, finals }: Session, ranges: readonly Range[]): Promise<void> {
  for (const portion of portions(joined(ranges), MAX_REQUEST_RANGES, Number.POSITIVE_INFINITY)) {
    await transport.json('POST', paths.delete, { ranges: portion })
    for (const [first, count] of portion) finals.forget(first, count)
  }
}

export async function listJobs(
  { transport }: Session,
  { label, status, since, limit }: ListOptions,
): Promise<Listed[]> {
  const rows = limit ?? DEFAULT_ROWS
  if (!Number.isInteger(rows) || rows < 0)
    throw argumentError(`limit is ${shown(limit)}: it takes an integer that is not negative.`)
  const listed: Listed[] = []
  let cursor: string | undefined
  while (listed.length < rows) {
    const query = new URLSearchParams({ limit: String(Math.min(MAX_LIST_ROWS, rows - listed.length)) })
    if (label !== undefined) query.set('label', label)
    if (status !== undefined) query.set('status', status)
    if (since !== undefined) query.set('since', String(Math.floor(Number(since))))
    if (cursor !== undefined) query.set('cursor', cursor)
    const answer = await transport.json<ListAnswer>('GET', `${paths.jobs}?${query}`)
    for (const { first, count, created, ...job } of answer.jobs) {
      const jids = new JidRange([[first, count]])
      listed.push({
        jids,
        status: job.status,
        label: job.label ?? undefined,
        function: job.function,
        created: new Date(created),
      })
    }
    cursor = answer.cursor
    if (cursor === undefined) break
  }
  return listed
}
