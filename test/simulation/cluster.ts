import { createEngine, type Engine } from '../../lib/engine/engine.ts'
import type { Change, JobStore } from '../../lib/engine/ports/job-store.ts'
import type { Ports } from '../../lib/engine/ports/ports.ts'
import type { ChunkMessage, ControlMessage, Queue } from '../../lib/engine/ports/queue.ts'
import { createJobStore } from '../../lib/memory/job-store.ts'
import { LossyQueue } from './lossy-queue.ts'
import { type Effect, type Script, ScriptedLauncher } from './scripted-launcher.ts'
import type { Mortal, World } from './world.ts'

/** Steps that can be left out, to see that the simulation misses them. */
export interface Broken {
  /** A message that meets a claim is dropped instead of waiting it out. */
  readonly dropsDuplicates?: boolean
  /** The store keeps every put of a run, whatever its version. */
  readonly ignoresVersions?: boolean
  /** Watches are not kept, and nobody sweeps. */
  readonly forgetsWatches?: boolean
  /** Edges are not kept. */
  readonly forgetsEdges?: boolean
  /** What is read of one job alone is without its run, as if nobody looked again after putting a watch; and nobody sweeps. */
  readonly skipsSecondLook?: boolean
  /** Kill marks are not kept. */
  readonly forgetsMarks?: boolean
}

interface Machine extends Mortal {
  readonly engine: Engine
}

const MACHINES = 3
const SWEEP = 300_000
const NEVER = 1e12

/** Machines that die and are replaced, over one store and two queues that don't. */
export class Cluster {
  readonly store: JobStore = createJobStore()
  readonly effects: Effect[] = []
  readonly #world: World
  readonly #broken: Broken
  readonly #jobs: LossyQueue<ChunkMessage>
  readonly #control: LossyQueue<ControlMessage>
  readonly #blobs = new Map<string, Uint8Array>()
  readonly #scriptOf: (jid: number) => Script
  readonly #onEffect: (effect: Effect) => void
  #machines: Machine[] = []
  crashes = 0

  constructor(world: World, scriptOf: (jid: number) => Script, onEffect: (effect: Effect) => void, broken: Broken) {
    this.#onEffect = onEffect
    this.#world = world
    this.#broken = broken
    this.#scriptOf = scriptOf
    this.#jobs = new LossyQueue(world)
    this.#control = new LossyQueue(world)
    this.store.listen?.(changes => {
      for (const change of changes) this.#deliver(change)
    })
    for (let nth = 0; nth < MACHINES; nth++) this.#boot()
  }

  get #sweeps(): boolean {
    return !(this.#broken.forgetsWatches || this.#broken.skipsSecondLook)
  }

  /** The engine of some machine that lives. */
  get engine(): Engine {
    return (this.#world.pick(this.#machines) as Machine).engine
  }

  #boot(): void {
    const world = this.#world
    const machine = {
      dead: false,
      frozenUntil: 0,
      crash: () => {
        if (machine.dead) return
        machine.dead = true
        this.crashes++
        this.#machines = this.#machines.filter(one => one !== (machine as Mortal))
        // One always lives, so that clients have somebody to talk to.
        if (this.#machines.length === 0) this.#boot()
        else world.at(world.between(1_000, 60_000), () => this.#boot())
      },
    }
    const skew = world.between(-400, 400)
    const engine = createEngine(this.#portsOf(machine, skew), {
      poll: 20_000,
      receive: 10,
      chunkSize: 5,
      holdRetry: 400,
      page: 2,
      sweep: this.#sweeps ? SWEEP : NEVER,
    })
    this.#machines.push(Object.assign(machine, { engine }))
    engine.start()
  }

  #portsOf(machine: Mortal, skew: number): Ports {
    const world = this.#world
    return {
      store: this.#storeFor(machine),
      jobs: this.#queueFor(machine),
      control: this.#control.for(machine),
      blobs: {
        folder: '',
        put: ({ key }) => world.call(machine, async () => this.#blobs.set(key, new Uint8Array()) !== undefined),
        adopt: () => Promise.reject(new Error('not simulated')),
        get: ({ key }) => world.call(machine, async () => this.#blobs.get(key)),
        size: () => world.call(machine, async () => 1),
        file: async () => undefined,
        delete: ({ key }) => world.call(machine, async () => void this.#blobs.delete(key)),
      },
      timers: {
        after({ ms }, callback) {
          let cancelled = false
          world.at(ms, () =>
            world.whenAwake(machine, () => {
              if (!cancelled) callback()
            }),
          )
          return () => {
            cancelled = true
          }
        },
        soon: callback => world.at(0, () => world.whenAwake(machine, callback)),
        schedule: ({ gate, at }) => world.call(machine, async () => this.#wake(gate, at)),
      },
      clock: { now: () => world.now + skew, random: world.random },
      digest: () => '',
      launcher: new ScriptedLauncher(world, machine, this.#scriptOf, effect => {
        this.effects.push(effect)
        this.#onEffect(effect)
      }),
    }
  }

  #storeFor(machine: Mortal): JobStore {
    const world = this.#world
    const { store } = this
    const broken = this.#broken
    const answer = (verb: keyof JobStore, params: unknown): Promise<unknown> => {
      if (verb === 'putRuns' && broken.ignoresVersions) return forcePut(store, params)
      if (verb === 'putWatch' && broken.forgetsWatches) return Promise.resolve()
      if (verb === 'putEdges' && broken.forgetsEdges) return Promise.resolve()
      if (verb === 'markKilled' && broken.forgetsMarks) return Promise.resolve()
      const result = (store[verb] as (params: unknown) => Promise<unknown>)(params)
      return verb === 'read' && broken.skipsSecondLook ? withoutRun(params, result) : result
    }
    return new Proxy(store, {
      get: (_, verb: keyof JobStore) =>
        verb === 'listen' ? undefined : (params: unknown) => world.call(machine, () => answer(verb, params)),
    })
  }

  #queueFor(machine: Mortal): Queue<ChunkMessage> {
    const queue = this.#jobs.for(machine)
    if (!this.#broken.dropsDuplicates) return queue
    return { ...queue, delay: ({ receipts }) => queue.delete({ receipts }) }
  }

  /** As a table's stream: at least once, late, in any order, and again until somebody has handled it. */
  #deliver(change: Change): void {
    const world = this.#world
    const times = world.faulty && world.chance(world.odds.twice) ? 2 : 1
    for (let nth = 0; nth < times; nth++) {
      const late = world.faulty && world.chance(0.1) ? world.between(1_000, 40_000) : world.between(1, 300)
      world.at(late, () => this.#insist(engine => engine.changed([change])))
    }
  }

  #wake(gate: number, at: number): void {
    this.#world.at(at - this.#world.now, () => this.#insist(engine => engine.wake(gate)))
  }

  /** Until one machine has done it: again when it fails, and when its machine dies over it. */
  #insist(work: (engine: Engine) => Promise<void>): void {
    let settled = false
    const again = (): void => {
      if (settled) return
      settled = true
      this.#world.at(this.#world.between(500, 5_000), () => this.#insist(work))
    }
    work(this.engine).then(() => {
      settled = true
    }, again)
    this.#world.at(120_000, again)
  }
}

async function withoutRun(params: unknown, result: Promise<unknown>): Promise<unknown> {
  const { ranges, args } = params as Parameters<JobStore['read']>[0]
  const found = (await result) as Awaited<ReturnType<JobStore['read']>>
  return args !== true && ranges.length === 1 && ranges[0]?.[1] === 1 ? found.map(one => ({ ...one, runs: [] })) : found
}

async function forcePut(store: JobStore, params: unknown): Promise<readonly boolean[]> {
  const { puts } = params as Parameters<JobStore['putRuns']>[0]
  const kept: boolean[] = []
  for (const put of puts) {
    const [found] = await store.read({ ranges: [[put.run.first, put.run.count]] })
    const version = (found?.runs[0]?.run.version ?? 0) + 1
    kept.push(...(await store.putRuns({ puts: [{ ...put, run: { ...put.run, version } }] })))
  }
  return kept.map(() => true)
}
