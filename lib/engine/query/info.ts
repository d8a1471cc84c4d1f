import { decodeFailure, type Failure } from '../../protocol/failure.ts'
import type { Usage } from '../../protocol/job.ts'
import { MAX_INFO_JOBS } from '../../protocol/limits.ts'
import { unpack } from '../../protocol/packed.ts'
import type { InfoAnswer, InfoKey, InfoRequest, JobFacts } from '../../protocol/routes.ts'
import type { Custody } from '../dispatch/custody.ts'
import { triesAt } from '../dispatch/jobs-to-run.ts'
import { outputKey, profileKey, type TryOfJob } from '../ports/blob-keys.ts'
import type { Output } from '../ports/launcher.ts'
import type { Ports } from '../ports/ports.ts'
import { billedOf, costOf } from '../records/bill.ts'
import { madeFailure } from '../records/made-failure.ts'
import { pages } from '../records/ranges.ts'
import { invalid } from '../records/refuse.ts'
import { attemptAt, flagsAt, isFinishedAt, OUTPUT, PROFILE, retriesAt, usageAt } from '../records/run.ts'
import { chunkOf, type StoredRun } from '../records/segment.ts'
import { DONE, statusOf } from '../records/status-code.ts'
import { PAGE_BLOCKS } from '../submit/dependency.ts'
import { eachJob, type JobView } from './status.ts'
import { type Held, viewsOf } from './view.ts'
import { type Obstacle, waitsFor } from './waits-for.ts'
import { explainAll, type Waiting, type Workplace } from './worker-limit.ts'

type InfoPorts = Pick<Ports, 'store' | 'blobs' | 'clock'>

const decoder = new TextDecoder()

/** What is known of each job, in the order of the ranges. Refuses `unknown-job` and `deleted-job`. */
export async function info(ports: InfoPorts, workplace: Workplace, { ranges, keys }: InfoRequest): Promise<InfoAnswer> {
  const { held } = workplace
  let count = 0
  for (const range of ranges) count += range[1]
  if (count > MAX_INFO_JOBS) {
    throw invalid(`Facts of ${count} jobs were asked for.`, `Ask for at most ${MAX_INFO_JOBS} at once.`, 'too-large')
  }
  const jobs: (JobFacts & { jid: number })[] = []
  const waiting: Waiting[] = []
  const payloads = keys.includes('exception')
  const explains = keys.includes('waitsFor')
  for (const page of pages(ranges, PAGE_BLOCKS)) {
    const views = await viewsOf(ports.store, held, { ranges: page, payloads })
    for (const view of eachJob(page, views)) {
      const facts = await factsOf(ports, held, view, keys)
      jobs.push(facts)
      const obstacle = explains ? obstacleOf(ports, view) : null
      if (obstacle === null) continue
      const { segment } = view.view.stored
      const { highCpu = false } = segment.options
      waiting.push({ facts, obstacle, chunk: chunkOf(segment, view.jid)[0], segment, highCpu })
    }
  }
  await explainAll(workplace, waiting)
  return { jobs }
}

function obstacleOf({ clock }: InfoPorts, { jid, code, view }: JobView): Obstacle | null {
  const found = view.stored.runs.find(({ run }) => run.first <= jid && jid < run.first + run.count)
  return waitsFor({ jid, code, gate: view.gate, run: found?.run, now: clock.now() })
}

/** One job, and what its facts come from. */
interface Subject extends JobView {
  readonly ports: InfoPorts
  readonly found: StoredRun | undefined
  /** From the run's first job; 0 without a run. */
  readonly at: number
  /** Of the last try, once the job is finished. */
  readonly usage: Usage | undefined
  /** Who runs the job here, and since when. */
  readonly custody: Custody | undefined
  readonly since: number | undefined
  readonly output: Output | undefined
}

function subjectOf(ports: InfoPorts, held: Held, job: JobView): Omit<Subject, 'output'> {
  const found = job.view.stored.runs.find(({ run }) => run.first <= job.jid && job.jid < run.first + run.count)
  if (found === undefined) {
    return { ...job, ports, found, at: 0, usage: undefined, custody: undefined, since: undefined }
  }
  const { run } = found
  const at = job.jid - run.first
  if (isFinishedAt(run, at)) {
    return { ...job, ports, found, at, usage: usageAt(run, at), custody: undefined, since: undefined }
  }
  const custody = held(run.first)
  const since = custody?.isStarted(at) === true ? custody.startedAt[at] : undefined
  return { ...job, ports, found, at, usage: undefined, custody, since }
}

type Fact<Key extends InfoKey> = (subject: Subject) => JobFacts[Key] | Promise<JobFacts[Key]>

const facts: { readonly [Key in InfoKey]-?: Fact<Key> } = {
  status: ({ code }) => statusOf(code),
  created: ({ view }) => view.stored.segment.created,
  label: ({ view }) => view.stored.segment.options.label ?? null,
  function: ({ view }) => view.stored.segment.function.name,
  parent: ({ view }) => view.stored.segment.parent ?? null,
  highCpu: ({ view }) => view.stored.segment.options.highCpu ?? false,
  exception: failureOf,
  started: ({ usage, since }) => usage?.started ?? since ?? null,
  finished: ({ usage }) => usage?.finished ?? null,
  runtime: ({ usage, since, ports }) => {
    if (usage !== undefined) return (usage.finished - usage.started) / 1_000
    return since === undefined ? null : (ports.clock.now() - since) / 1_000
  },
  memory: ({ usage }) => usage?.memory ?? null,
  cputime: ({ usage }) => usage && { user: usage.cpuUser / 1e6, system: usage.cpuSystem / 1e6 },
  billed: ({ usage, found }) => (usage === undefined || found?.run.rate === undefined ? null : billedOf(usage)),
  cost: ({ usage, found: { run: { rate } = {} } = {} }) =>
    usage === undefined || rate === undefined ? null : costOf(usage, rate),
  attempts: ({ found, at, usage, since }) => {
    if (found === undefined) return 0
    return triesAt(found.run, at) - (usage === undefined && since === undefined ? 1 : 0)
  },
  stdout: ({ output }) => output?.stdout ?? '',
  stderr: ({ output }) => output?.stderr ?? '',
  stdoutDropped: ({ output }) => output?.stdoutDropped ?? 0,
  stderrDropped: ({ output }) => output?.stderrDropped ?? 0,
  // Of those that wait it is said afterwards, of all at once.
  waitsFor: () => null,
  profile: async subject => {
    const bytes = await keptOf(subject, PROFILE, profileKey)
    return bytes === undefined ? null : decoder.decode(bytes)
  },
}

const printed: readonly InfoKey[] = ['stdout', 'stderr', 'stdoutDropped', 'stderrDropped']

async function factsOf(ports: InfoPorts, held: Held, job: JobView, keys: readonly InfoKey[]) {
  const known = subjectOf(ports, held, job)
  const output = keys.some(key => printed.includes(key)) ? await outputOf(known) : undefined
  const subject: Subject = { ...known, output }
  const entries: [InfoKey, unknown][] = []
  for (const key of new Set(keys)) entries.push([key, (await facts[key](subject)) ?? null])
  return { jid: job.jid, ...(Object.fromEntries(entries) as JobFacts) }
}

function failureOf({ code, view, found, at }: Subject): Failure | null {
  if (code <= DONE) return null
  for (const { offsets, packed } of found?.payloads ?? []) {
    const index = offsets.indexOf(at)
    if (index >= 0) return decodeFailure(unpack(packed, index))
  }
  return madeFailure(code, view.gate)
}

/** Of a job that runs here from who runs it, of one that runs elsewhere or is finished from where it was kept. */
async function outputOf(subject: Omit<Subject, 'output'>): Promise<Output | undefined> {
  if (subject.custody !== undefined) return subject.custody.outputs?.get(subject.at)
  const { jid, found, at, ports } = subject
  const run = found?.run
  const isElsewhere = run?.phase === 'processing' && !isFinishedAt(run, at)
  const bytes = isElsewhere
    ? await ports.blobs.get({ key: outputKey({ jid, attempt: run.attempt, tries: retriesAt(run, at) + 1 }) })
    : await keptOf(subject, OUTPUT, outputKey)
  return bytes && (JSON.parse(decoder.decode(bytes)) as Output)
}

async function keptOf(
  { jid, found, at, ports }: Omit<Subject, 'output'>,
  flag: number,
  keyOf: (job: TryOfJob) => string,
): Promise<Uint8Array | undefined> {
  if (found === undefined || !isFinishedAt(found.run, at) || (flagsAt(found.run, at) & flag) === 0) return undefined
  const { run } = found
  return await ports.blobs.get({ key: keyOf({ jid, attempt: attemptAt(run, at), tries: retriesAt(run, at) + 1 }) })
}
