import type { Blobs } from '../engine/ports/blobs.ts'
import type { Launch, Launcher, Reports, Work } from '../engine/ports/launcher.ts'
import { CloudException } from '../protocol/errors.ts'
import { unpack } from '../protocol/packed.ts'
import { blobReferenceOf, holdsReferences } from '../protocol/payload.ts'
import { Asks, type Serve } from './asks.ts'
import { readyTarget } from './batch-size.ts'
import { Bundles } from './code/bundles.ts'
import { Environments } from './code/environments.ts'
import { Crew } from './crew.ts'
import { Kinds } from './kind.ts'
import { killed, Outcomes } from './outcomes.ts'
import { OutputReports } from './output-reports.ts'
import { type LaunchOwner, PoolLaunch } from './pool-launch.ts'
import type { ChildSettings, SpawnedChild } from './process/spawn-child.ts'
import type { Ticket } from './ticket.ts'

/** Longer than anything: a timer that only keeps the process alive. */
const FOR_EVER_MS = 2 ** 31 - 1
/** The major version of this Node, which its children run too. */
const OWN_NODE = Number.parseInt(process.versions.node, 10)

export interface PoolSettings {
  readonly workers: number
  readonly maxWaiting: number
  readonly spares: number
  readonly blobs: Blobs
  readonly serve: Serve
  readonly loadBundle: ((hash: string) => Promise<Uint8Array>) | undefined
  /** Bytes of unpacked environments. */
  readonly environmentsLimit: number
  readonly child: ChildSettings
  readonly first: SpawnedChild | undefined
}

/** The launcher: takes launches in, readies what their jobs need, and lines the jobs up for the crew of children. */
export class Pool implements Launcher {
  readonly #settings: PoolSettings
  readonly #outcomes: Outcomes
  readonly #bundles: Bundles
  readonly #environments: Environments
  readonly #crew: Crew
  readonly #kinds = new Kinds()
  readonly #listeners: (() => void)[] = []
  readonly #launches = new Set<PoolLaunch>()
  readonly #launchOwner: LaunchOwner = {
    kill: (ticket, nth) => this.#kill(ticket, nth),
    abandoned: (launch, count) => this.#abandoned(launch, count),
    ended: (launch, count) => this.#ended(launch, count),
  }
  /** Keeps the process alive while jobs are under way; nothing else here does. */
  readonly #keepAlive = setInterval(() => undefined, FOR_EVER_MS).unref()
  /** Jobs that are launched and have not ended. */
  #unfinished = 0
  #closed = false

  constructor(settings: PoolSettings) {
    const { blobs, serve, loadBundle, environmentsLimit, child } = settings
    this.#settings = settings
    this.#outcomes = new Outcomes(blobs)
    this.#bundles = new Bundles(blobs, loadBundle)
    this.#environments = new Environments(child.environments, environmentsLimit, this.#bundles)
    this.#crew = new Crew({
      ...settings,
      outcomes: this.#outcomes,
      outputs: new OutputReports(),
      asks: owner => new Asks(serve, child.folder, owner),
      changed: () => this.#tell(),
    })
  }

  get wanted(): number {
    if (this.#closed) return 0
    const { workers } = this.#settings
    return readyTarget(workers, this.#crew.estimate) - (this.#unfinished - this.#crew.idle)
  }

  get workers(): number {
    return this.#settings.workers
  }

  get waiting(): number {
    return this.#crew.idle
  }

  onWanted(listener: () => void): void {
    this.#listeners.push(listener)
  }

  launch(work: Work, reports: Reports): Launch {
    const launch = new PoolLaunch(work, reports, this.#kinds.of(work), this.#launchOwner)
    if (launch.over) return launch
    this.#unfinished += work.jobs.length
    if (this.#launches.size === 0) this.#keepAlive.ref()
    this.#launches.add(launch)
    this.#hold(launch)
    if (this.#closed) launch.abandon()
    else if (!this.#refused(launch)) this.#ready(launch)
    return launch
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const launch of [...this.#launches]) launch.abandon()
    // Until the last child is gone; then nothing.
    this.#keepAlive.ref()
    await this.#crew.close()
    clearInterval(this.#keepAlive)
  }

  #hold({ kind, done }: PoolLaunch): void {
    const { environment } = kind.spec
    if (environment === undefined) return
    this.#environments.hold(environment)
    void done.then(() => this.#environments.letGo(environment))
  }

  // Straight on when nothing has to be fetched: a small call then reaches its child in this very turn.
  #ready(launch: PoolLaunch): void {
    const { bundle, modules, environment } = launch.kind.spec
    const bundles = this.#bundles.ready([bundle, ...modules])
    const isUnpacked = environment === undefined || this.#environments.has(environment)
    if (bundles === undefined || !isUnpacked || holdsReferences(launch.work.args)) {
      void this.#fetch(launch)
      return
    }
    launch.bundles = bundles
    this.#crew.lineUp(launch)
  }

  async #fetch(launch: PoolLaunch): Promise<void> {
    const { bundle, modules, environment } = launch.kind.spec
    try {
      if (environment !== undefined) await this.#environments.unpack(environment)
      launch.bundles = await this.#bundles.load([bundle, ...modules])
    } catch (error) {
      this.#fail(launch.tickets, error)
      return
    }
    if (holdsReferences(launch.work.args)) await this.#locateAll(launch)
    if (!launch.over) this.#crew.lineUp(launch)
  }

  // A job whose argument is gone fails alone.
  async #locateAll({ tickets }: PoolLaunch): Promise<void> {
    for (const ticket of tickets) {
      // The rest comes after those that are here, and so gets its turn.
      if (ticket.count > 1) ticket.cut(1)
      await this.#locate(ticket).catch(error => this.#fail([ticket], error))
    }
  }

  // The child reads a large argument itself, from the file in which the store keeps it or from one made for it.
  async #locate(ticket: Ticket): Promise<void> {
    const reference = blobReferenceOf(unpack(ticket.args, 0))
    if (reference === undefined) return
    const { key } = reference
    const file = await this.#settings.blobs.file({ key })
    if (file !== undefined) {
      ticket.file = file
      return
    }
    const bytes = await this.#settings.blobs.get({ key })
    if (bytes === undefined)
      throw new CloudException(`The blob ${key} of job ${ticket.jid} is missing.`, { code: 'decode' })
    ticket.whole = bytes
  }

  #refused(launch: PoolLaunch): boolean {
    const { node } = launch.work.function
    if (node <= OWN_NODE) return false
    const message = `This function was captured under Node ${node}, and the worker runs Node ${OWN_NODE}.`
    this.#fail(
      launch.tickets,
      new CloudException(message, { code: 'incompatible', hint: 'Give the worker a newer Node.' }),
    )
    return true
  }

  #fail(tickets: readonly Ticket[], error: unknown): void {
    const known = CloudException.isCloudException(error)
    const code = known ? error.code : 'internal'
    const message = error instanceof Error ? error.message : String(error)
    for (const ticket of tickets) this.#outcomes.failPending(ticket, { code, message })
  }

  #kill(among: Ticket, nth: number): void {
    const ticket = this.#crew.single(among, nth)
    ticket.killed = true
    if (ticket.state === 'sent') this.#crew.kill(ticket)
    else this.#outcomes.failPending(ticket, killed(ticket))
  }

  #abandoned(launch: PoolLaunch, count: number): void {
    this.#crew.drop(launch)
    this.#ended(launch, count)
  }

  #ended(launch: PoolLaunch, count: number): void {
    this.#unfinished -= count
    if (launch.over) this.#launches.delete(launch)
    if (this.#launches.size === 0) this.#keepAlive.unref()
    this.#tell()
  }

  #tell(): void {
    if (this.wanted > 0) for (const listener of this.#listeners) listener()
  }
}
