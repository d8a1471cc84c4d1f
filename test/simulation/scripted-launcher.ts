import type { Launch, Launcher, Outcome, Reports, Work } from '../../lib/engine/ports/launcher.ts'
import type { Mortal, World } from './world.ts'

/** What a job does when it runs. */
export interface Script {
  /** Virtual milliseconds; undefined: until it is killed. */
  readonly lasts: number | undefined
  /** Tries that fail before one succeeds. */
  readonly failures: number
  /** Called by each run of it. */
  readonly spawns: ((attempt: number) => void) | undefined
}

/** A side effect of user code, seen by the world and not by the store. */
export interface Effect {
  readonly jid: number
  readonly attempt: number
  readonly tries: number
  readonly at: number
}

/** What the payload of a run of a job says, so that a stored result tells which run it is from. */
export function payloadOf(jid: number, attempt: number, tries: number): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ jid, attempt, tries }))
}

/** Runs scripts in virtual time on a machine, and logs that they ran. */
export class ScriptedLauncher implements Launcher {
  #busy = 0
  readonly #listeners: (() => void)[] = []
  readonly #world: World
  readonly #machine: Mortal
  readonly #scriptOf: (jid: number) => Script
  readonly #log: (effect: Effect) => void

  constructor(world: World, machine: Mortal, scriptOf: (jid: number) => Script, log: (effect: Effect) => void) {
    this.#world = world
    this.#machine = machine
    this.#scriptOf = scriptOf
    this.#log = log
  }

  get wanted(): number {
    return 12 - this.#busy
  }

  onWanted(listener: () => void): void {
    this.#listeners.push(listener)
  }

  launch(work: Work, reports: Reports): Launch {
    const world = this.#world
    const open = new Map<number, number>(work.jobs.map(({ offset, tries }) => [offset, tries]))
    let end = (): void => undefined
    const done = new Promise<void>(resolve => {
      end = resolve
    })
    this.#busy += open.size
    const finish = (offset: number, outcome: Pick<Outcome, 'status' | 'payload' | 'code'>): void => {
      if (this.#machine.dead || !open.delete(offset)) return
      this.#busy--
      const usage = { started: world.now, finished: world.now, cpuUser: 0, cpuSystem: 0, memory: 0 }
      reports.finished([{ offset, ...outcome, usage }])
      if (open.size === 0) end()
      for (const listener of this.#listeners) listener()
    }
    const start = (offset: number, tries: number): void => {
      if (this.#machine.dead || !open.has(offset)) return
      const jid = work.first + offset
      const script = this.#scriptOf(jid)
      this.#log({ jid, attempt: work.attempt, tries, at: world.now })
      reports.started([offset], world.now)
      script.spawns?.(work.attempt)
      if (script.lasts === undefined) return
      const failed = tries <= script.failures
      const payload = payloadOf(jid, work.attempt, tries)
      const outcome = failed
        ? ({ status: 'error', code: 'exception', payload } as const)
        : ({ status: 'done', payload } as const)
      // User code runs in a process of its own, which goes on while ours stands still.
      world.at(script.lasts, () => world.whenAwake(this.#machine, () => finish(offset, outcome)))
    }
    for (const { offset, tries } of work.jobs) {
      world.at(world.between(0, 300), () => world.whenAwake(this.#machine, () => start(offset, tries)))
    }
    return {
      done,
      kill: offset => {
        const tries = open.get(offset) ?? 0
        const payload = payloadOf(work.first + offset, work.attempt, tries)
        world.at(world.between(0, 1_000), () => finish(offset, { status: 'killed', code: 'killed', payload }))
      },
      abandon: () => {
        this.#busy -= open.size
        open.clear()
        end()
        for (const listener of this.#listeners) listener()
      },
    }
  }

  async close(): Promise<void> {}
}
