import type { Change, JobStore } from '../../lib/engine/ports/job-store.ts'
import { statusesOf } from '../../lib/engine/query/view.ts'
import type { Gate } from '../../lib/engine/records/gate.ts'
import { isFinishedAt, statusAt } from '../../lib/engine/records/run.ts'
import { DONE, ERROR, KILLED, STALLED } from '../../lib/engine/records/status-code.ts'
import type { Range } from '../../lib/protocol/job.ts'
import type { Cluster } from './cluster.ts'
import type { Effect } from './scripted-launcher.ts'
import type { Submitted, Workload } from './workload.ts'
import type { World } from './world.ts'

const decoder = new TextDecoder()
/** How long after a failure a gate may stall at the latest, though machines die over the record. Virtual milliseconds. */
const STALL_SLACK = 400_000
/** How long after an answered kill a claim that was under way may still begin: on a machine that stood still. Virtual milliseconds. */
const KILL_SLACK = 200_000

/** Watches the records from outside and collects what breaks the promise. */
export class Verdict {
  readonly complaints: string[] = []
  readonly #final = new Map<number, number>()
  readonly #finalAt = new Map<number, number>()
  readonly #gates = new Map<number, Gate['state']>()
  readonly #world: World
  readonly #workload: Workload

  constructor(world: World, store: JobStore, workload: Workload) {
    this.#world = world
    this.#workload = workload
    store.listen?.(changes => {
      for (const change of changes) this.#see(change)
    })
  }

  #complain(text: string): void {
    if (!this.complaints.includes(text)) this.complaints.push(text)
  }

  #see(change: Change): void {
    if (change.kind === 'gate') {
      const { id, state } = change.gate
      const before = this.#gates.get(id)
      if (before !== undefined && before !== 'waiting' && before !== state) {
        this.#complain(`gate ${id} went from ${before} to ${state}`)
      }
      this.#gates.set(id, state)
      if (state === 'stalled') this.#judgeStall(change.gate)
    } else if (change.kind === 'run') {
      const { run } = change
      for (let offset = 0; offset < run.count; offset++) {
        const before = this.#final.get(run.first + offset)
        const status = statusAt(run, offset)
        if (before !== undefined && before !== status) {
          this.#complain(`job ${run.first + offset} went from ${before} to ${status}`)
        }
        if (before !== undefined || !isFinishedAt(run, offset)) continue
        this.#final.set(run.first + offset, status)
        this.#finalAt.set(run.first + offset, this.#world.now)
      }
    }
  }

  /** An edge tells at once; the watch alone would come to the failure much later. */
  #judgeStall({ id, dependencies, created }: Gate): void {
    const failed = dependencies.flatMap(eachOf).filter(jid => (this.#final.get(jid) ?? DONE) !== DONE)
    const first = Math.min(...failed.map(jid => this.#finalAt.get(jid) as number))
    const late = this.#world.now - Math.max(first, created)
    if (failed.length > 0 && late > STALL_SLACK) this.#complain(`gate ${id} stalled ${late} ms after a failure`)
  }

  /** A job starts: all that it depends on must be terminal by now, and done where it aborts on errors. */
  started({ jid }: Effect): void {
    const { options } = this.#of(jid)
    for (const [first, count] of options.dependsOn ?? []) {
      for (let dependency = first; dependency < first + count; dependency++) {
        const status = this.statusOf(dependency)
        if (status === undefined) this.#complain(`job ${jid} started before ${dependency} was finished`)
        else if (status !== DONE && options.dependsOnErrors !== 'ignore') {
          this.#complain(`job ${jid} started although ${dependency} failed`)
        }
      }
    }
  }

  /** Terminal status of a job, as far as the records that were seen tell. */
  statusOf(jid: number): number | undefined {
    const known = this.#final.get(jid)
    if (known !== undefined) return known
    const state = this.#gates.get(this.#of(jid).range[0])
    return state === 'stalled' ? STALLED : state === 'killed' ? KILLED : undefined
  }

  get isOver(): boolean {
    const { busy, submitted } = this.#workload
    return busy === 0 && submitted.every(({ range }) => eachOf(range).every(jid => this.statusOf(jid) !== undefined))
  }

  async judge(cluster: Cluster): Promise<readonly string[]> {
    const { submitted } = this.#workload
    const effects = new Map<number, Effect[]>()
    for (const effect of cluster.effects) {
      const known = effects.get(effect.jid)
      if (known === undefined) effects.set(effect.jid, [effect])
      else known.push(effect)
    }
    for (const one of submitted) {
      if (!one.accepted) this.#complain(`submission ${one.range[0]} was never accepted`)
      for (const jid of eachOf(one.range)) await this.#judgeJob(cluster, one, jid, effects.get(jid) ?? [])
    }
    return this.complaints
  }

  async #judgeJob(cluster: Cluster, submitted: Submitted, jid: number, effects: readonly Effect[]): Promise<void> {
    const [stored] = await cluster.store.read({ ranges: [[jid, 1]], payloads: true })
    const [gate] = await cluster.store.getGates({ ids: [submitted.range[0]] })
    if (stored === undefined) return this.#complain(`job ${jid} is unknown`)
    const status = statusesOf(stored, gate, () => undefined)[jid - stored.segment.first] as number
    if (status < DONE) return this.#complain(`job ${jid} is not terminal: ${status}`)
    const { restartable, retries = 0 } = submitted.options
    const tries = new Set(effects.map(effect => effect.tries))
    if (restartable === false && effects.length > tries.size) {
      this.#complain(`job ${jid} is not restartable and one try ran twice`)
    }
    if (restartable === false && effects.length > 1 + retries) this.#complain(`job ${jid} ran ${effects.length} times`)
    const results = resultsOf(stored.runs, jid)
    const script = this.#workload.scripts.get(jid)
    if (results.length > 1) this.#complain(`job ${jid} has ${results.length} results`)
    const [result] = results
    if (result !== undefined && !effects.some(one => one.attempt === result.attempt && one.tries === result.tries)) {
      if (status !== KILLED) this.#complain(`job ${jid} has a result of a run that never began`)
    }
    if (status === DONE && (result === undefined || script?.lasts === undefined)) {
      this.#complain(`job ${jid} is done without a result`)
    }
    const { error, crash } = this.#world.odds
    if (status === ERROR && result === undefined && error + crash === 0) this.#complain(`job ${jid} was lost in peace`)
    this.#judgeEnd(submitted, jid, status, effects)
  }

  #judgeEnd(submitted: Submitted, jid: number, status: number, effects: readonly Effect[]): void {
    const failed = (submitted.options.dependsOn ?? []).flatMap(eachOf).filter(one => this.statusOf(one) !== DONE)
    const aborts = submitted.options.dependsOnErrors !== 'ignore'
    const killed = this.#killedAt(jid)
    if (status === STALLED && (!aborts || failed.length === 0)) this.#complain(`job ${jid} is stalled for no reason`)
    if (aborts && failed.length > 0 && status !== STALLED && status !== KILLED) {
      this.#complain(`job ${jid} is ${status} although ${failed[0]} failed`)
    }
    if (status === KILLED && killed === undefined) this.#complain(`job ${jid} is killed and nobody did`)
    const late = effects.find(effect => killed !== undefined && effect.at > killed + KILL_SLACK)
    if (late !== undefined) this.#complain(`job ${jid} began ${late.at - (killed ?? 0)} ms after its kill was answered`)
  }

  /** When the first kill was answered that meant this job, or the tree above it. */
  #killedAt(jid: number): number | undefined {
    const times = this.#workload.kills.filter(kill => covers(kill.range, jid)).map(kill => kill.at)
    for (let { parent } = this.#of(jid); parent !== undefined; parent = this.#of(parent).parent) {
      const above = parent
      times.push(...this.#workload.kills.filter(kill => kill.tree && covers(kill.range, above)).map(kill => kill.at))
    }
    return times.length === 0 ? undefined : Math.max(...times)
  }

  #of(jid: number): Submitted {
    const found = this.#workload.submitted.find(({ range }) => covers(range, jid))
    if (found === undefined) throw new Error(`nobody submitted ${jid}`)
    return found
  }
}

function resultsOf(runs: Awaited<ReturnType<JobStore['read']>>[number]['runs'], jid: number) {
  const results: { jid: number; attempt: number; tries: number }[] = []
  for (const { run, payloads } of runs) {
    for (const { offsets, packed } of payloads) {
      for (const [index, offset] of offsets.entries()) {
        if (run.first + offset !== jid) continue
        const start = index === 0 ? 0 : packed.ends[index - 1]
        results.push(JSON.parse(decoder.decode(packed.bytes.subarray(start, packed.ends[index]))))
      }
    }
  }
  return results
}

function covers([first, count]: Range, jid: number): boolean {
  return first <= jid && jid < first + count
}

function eachOf([first, count]: Range): number[] {
  return Array.from({ length: count }, (_, offset) => first + offset)
}
