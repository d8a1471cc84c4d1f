import type { Engine } from '../../lib/engine/engine.ts'
import type { Principal, Range } from '../../lib/protocol/job.ts'
import type { WireOptions } from '../../lib/protocol/options.ts'
import { endsSection, pack } from '../../lib/protocol/packed.ts'
import type { SubmitHeader } from '../../lib/protocol/routes.ts'
import type { Cluster } from './cluster.ts'
import type { Script } from './scripted-launcher.ts'
import type { World } from './world.ts'

/** A submission as its client knows it. */
export interface Submitted {
  readonly range: Range
  readonly options: WireOptions
  readonly parent: number | undefined
  accepted: boolean
}

/** A kill that was answered. */
export interface Killed {
  readonly range: Range
  readonly tree: boolean
  readonly at: number
}

const SUBMISSIONS = 7
const FUNCTION = { bundle: '0'.repeat(64), code: '0'.repeat(64), name: 'f', node: 24 }
/** Until when machines die and calls fail, and when what runs for ever is killed: virtual milliseconds. */
export const CALM_AT = 600_000
const KILL_AT = 700_000

/** Clients that submit, depend, spawn and kill, and try again until they are answered. */
export class Workload {
  readonly submitted: Submitted[] = []
  readonly kills: Killed[] = []
  readonly scripts = new Map<number, Script>()
  /** Clients that have not finished. */
  busy = 0
  readonly #world: World
  readonly #cluster: () => Cluster

  constructor(world: World, cluster: () => Cluster) {
    this.#world = world
    this.#cluster = cluster
  }

  start(): void {
    for (let nth = 0; nth < SUBMISSIONS; nth++) {
      this.#client(this.#world.between(0, this.#world.chance(0.5) ? 20_000 : 240_000), () =>
        this.#submit({ kind: 'owner' }),
      )
    }
  }

  #client(delay: number, work: () => Promise<void>): void {
    this.busy++
    this.#world.at(delay, () => {
      void work().finally(() => {
        this.busy--
      })
    })
  }

  /** Asks again, of any machine, until one answers. */
  async #ask<T>(request: (engine: Engine) => Promise<T>): Promise<T> {
    const world = this.#world
    for (;;) {
      const answer = request(this.#cluster().engine).then(
        value => ({ value }),
        () => undefined,
      )
      const settled = await Promise.race([answer, world.pause(30_000)])
      if (settled !== undefined) return settled.value
      await world.pause(world.between(500, 5_000))
    }
  }

  async #submit(principal: Principal, endless = false): Promise<void> {
    const world = this.#world
    const count = world.between(1, 12)
    const { first } = await this.#ask(engine => engine.lease({ count }))
    const options = this.#options()
    const submitted: Submitted = {
      range: [first, count],
      options,
      parent: principal.kind === 'job' ? principal.jid : undefined,
      accepted: false,
    }
    this.submitted.push(submitted)
    const forever = endless || world.chance(0.15)
    for (let jid = first; jid < first + count; jid++) this.scripts.set(jid, this.#script(jid, forever, principal))
    if (forever) this.#client(KILL_AT - world.elapsed, () => this.#kill(submitted.range, true))
    const cut = world.chance(0.3) && count > 1 ? world.between(1, count - 1) : count
    await this.#ask(engine => engine.submit(...requestOf(submitted, first, cut, cut < count), principal))
    if (cut < count) {
      await this.#ask(engine => engine.submit(...requestOf(submitted, first + cut, count - cut, false), principal))
    }
    submitted.accepted = true
    if (world.chance(0.25)) {
      const from = world.between(0, count - 1)
      const range = world.chance(0.5) ? submitted.range : ([first + from, world.between(1, count - from)] as const)
      const tree = world.chance(0.5)
      this.#client(world.between(0, 120_000), () => this.#kill(range, tree))
    }
  }

  async #kill(range: Range, tree: boolean): Promise<void> {
    await this.#ask(engine => engine.kill({ ranges: [[range[0], range[1]]], tree }, { kind: 'owner' }))
    this.kills.push({ range, tree, at: this.#world.now })
  }

  #options(): WireOptions {
    const world = this.#world
    const others = this.submitted.filter(one => one.accepted)
    const waits = others.length > 0 && world.chance(0.5)
    const dependsOn = waits ? [0, 1].map(() => [...(world.pick(others) as Submitted).range] as [number, number]) : []
    const start = world.chance(0.2) ? world.now + (world.pick([20_000, 300_000, 1_200_000]) as number) : undefined
    return {
      ...(dependsOn.length > 0 && { dependsOn }),
      ...(world.chance(0.3) && { dependsOnErrors: 'ignore' as const }),
      ...(world.chance(0.3) && { restartable: false }),
      ...(world.chance(0.4) && { retries: world.between(1, 2) }),
      ...(world.chance(0.5) && { chunkSize: world.between(1, 5) }),
      ...(start !== undefined && { startAt: start }),
    }
  }

  #script(jid: number, forever: boolean, principal: Principal): Script {
    const world = this.#world
    const lasts = world.chance(0.2) ? world.between(10_000, 150_000) : world.between(5, 3_000)
    const failures = world.chance(0.25) ? world.between(1, 3) : 0
    const spawning = principal.kind === 'owner' && world.chance(0.1)
    const spawn = (attempt: number): void => {
      // What an endless job spawns is endless too: both end by the kill of the tree.
      this.#client(0, () => this.#submit({ kind: 'job', jid, attempt, depth: 0 }, forever))
    }
    return { lasts: forever && world.chance(0.5) ? undefined : lasts, failures, spawns: spawning ? spawn : undefined }
  }
}

function requestOf({ range, options }: Submitted, first: number, count: number, open: boolean) {
  const args = pack(Array.from({ length: count }, (_, offset) => Uint8Array.of(1, first + offset)))
  const header: SubmitHeader = {
    submissions: [{ id: range[0], function: FUNCTION, options, segments: [{ first, count, args: [0, 1] }], open }],
  }
  return [header, [endsSection(args), args.bytes]] as const
}
