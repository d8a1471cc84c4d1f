import { decodeFailure, type Failure } from '../protocol/failure.ts'
import { isTerminal, type Usage } from '../protocol/job.ts'
import { MAX_INFO_JOBS } from '../protocol/limits.ts'
import type { InfoAnswer, InfoKey, InfoRequest, JobFacts } from '../protocol/routes.ts'
import { outputKey, profileKey } from './blob-keys.ts'
import { triesAt } from './custody.ts'
import { PAGE_BLOCKS } from './dependency.ts'
import type { Output } from './launcher.ts'
import { madeFailure } from './made-failure.ts'
import type { Ports } from './ports.ts'
import { pages } from './ranges.ts'
import { invalid } from './refuse.ts'
import { attemptAt, flagsAt, isFinishedAt, OUTPUT, PROFILE, retriesAt, usageAt } from './run.ts'
import type { StoredRun } from './segment.ts'
import { eachJob, type JobView } from './status.ts'
import { DONE, statusOf } from './status-code.ts'
import { type Held, viewsOf } from './view.ts'

type InfoPorts = Pick<Ports, 'store' | 'blobs' | 'clock'>

const decoder = new TextDecoder()

/** What is known of each job, in the order of the ranges. Refuses `unknown-job` and `deleted-job`. */
export async function info(ports: InfoPorts, held: Held, { ranges, keys }: InfoRequest): Promise<InfoAnswer> {
  let count = 0
  for (const range of ranges) count += range[1]
  if (count > MAX_INFO_JOBS) {
    throw invalid(`Facts of ${count} jobs were asked for.`, `Ask for at most ${MAX_INFO_JOBS} at once.`, 'too-large')
  }
  const jobs: (JobFacts & { jid: number })[] = []
  const payloads = keys.includes('exception')
  for (const page of pages(ranges, PAGE_BLOCKS)) {
    const views = await viewsOf(ports.store, held, { ranges: page, payloads })
    for (const view of eachJob(page, views)) jobs.push(await factsOf(ports, held, view, keys))
  }
  return { jobs }
}

async function factsOf(ports: InfoPorts, held: Held, job: JobView, keys: readonly InfoKey[]) {
  const facts: JobFacts & { jid: number } = { jid: job.jid }
  const { segment, runs } = job.view.stored
  const found = runs.find(({ run }) => run.first <= job.jid && job.jid < run.first + run.count)
  const wanted = new Set(keys)
  if (wanted.has('status')) facts.status = statusOf(job.code)
  if (wanted.has('created')) facts.created = segment.created
  if (wanted.has('label')) facts.label = segment.options.label ?? null
  if (wanted.has('function')) facts.function = segment.function.name
  if (wanted.has('parent')) facts.parent = segment.parent ?? null
  if (wanted.has('highCpu')) facts.highCpu = segment.options.highCpu ?? false
  if (wanted.has('exception')) facts.exception = failureOf(job, found)
  addUsage(facts, wanted, job, found, held, ports.clock.now())
  await addPrinted(facts, wanted, job, found, held, ports)
  return facts
}

function failureOf({ jid, code, view }: JobView, found: StoredRun | undefined): Failure | null {
  if (!isTerminal(statusOf(code)) || code === DONE) return null
  for (const { offsets, packed } of found?.payloads ?? []) {
    const index = offsets.indexOf(jid - (found?.run.first ?? 0))
    if (index < 0) continue
    const start = index === 0 ? 0 : packed.ends[index - 1]
    return decodeFailure(packed.bytes.subarray(start, packed.ends[index]))
  }
  return madeFailure(code, view.gate)
}

/** Times and sizes of the last try, or of the one that runs. */
function addUsage(
  facts: JobFacts,
  wanted: ReadonlySet<InfoKey>,
  { jid }: JobView,
  found: StoredRun | undefined,
  held: Held,
  now: number,
): void {
  const run = found?.run
  const offset = jid - (run?.first ?? jid)
  const isOver = run !== undefined && isFinishedAt(run, offset)
  const custody = run === undefined || isOver ? undefined : held(run.first)
  const live = custody?.isStarted(offset) ? (custody.startedAt[offset] as number) : undefined
  const used: Usage | undefined = run === undefined || !isOver ? undefined : usageAt(run, offset)
  if (wanted.has('started')) facts.started = used?.started ?? live ?? null
  if (wanted.has('finished')) facts.finished = used?.finished ?? null
  if (wanted.has('runtime')) {
    const ms = used === undefined ? (live === undefined ? undefined : now - live) : used.finished - used.started
    facts.runtime = ms === undefined ? null : ms / 1_000
  }
  if (wanted.has('memory')) facts.memory = used?.memory ?? null
  if (wanted.has('cputime')) {
    facts.cputime = used === undefined ? null : { user: used.cpuUser / 1e6, system: used.cpuSystem / 1e6 }
  }
  if (wanted.has('attempts')) {
    const begun = used !== undefined || live !== undefined
    facts.attempts = run === undefined ? 0 : triesAt(run, offset) - (begun ? 0 : 1)
  }
}

/** Output of a running job comes from who runs it, of a finished one from where it was kept. */
async function addPrinted(
  facts: JobFacts,
  wanted: ReadonlySet<InfoKey>,
  { jid }: JobView,
  found: StoredRun | undefined,
  held: Held,
  { blobs }: InfoPorts,
): Promise<void> {
  const run = found?.run
  const offset = jid - (run?.first ?? jid)
  const flags = run !== undefined && isFinishedAt(run, offset) ? flagsAt(run, offset) : 0
  const name = run && { jid, attempt: attemptAt(run, offset), tries: retriesAt(run, offset) + 1 }
  if (wanted.has('stdout') || wanted.has('stderr') || wanted.has('stdoutDropped') || wanted.has('stderrDropped')) {
    let output = run === undefined ? undefined : held(run.first)?.outputs.get(offset)
    if (output === undefined && name !== undefined && (flags & OUTPUT) !== 0) {
      const bytes = await blobs.get({ key: outputKey(name) })
      if (bytes !== undefined) output = JSON.parse(decoder.decode(bytes)) as Output
    }
    if (wanted.has('stdout')) facts.stdout = output?.stdout ?? ''
    if (wanted.has('stderr')) facts.stderr = output?.stderr ?? ''
    if (wanted.has('stdoutDropped')) facts.stdoutDropped = output?.stdoutDropped ?? 0
    if (wanted.has('stderrDropped')) facts.stderrDropped = output?.stderrDropped ?? 0
  }
  if (wanted.has('profile')) {
    const bytes = name !== undefined && (flags & PROFILE) !== 0 ? await blobs.get({ key: profileKey(name) }) : undefined
    facts.profile = bytes === undefined ? null : decoder.decode(bytes)
  }
}
