import { createHeap } from '../../lib/memory/heap.ts'

/** A generator of chance by seed (mulberry32): the same seed, the same run. */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Something that can die: nothing that it asked for reaches it after. */
export interface Mortal {
  dead: boolean
  /** Until when it stands still: nothing reaches it before. */
  frozenUntil: number
  crash(): void
}

export interface Odds {
  /** Of each call to a port: that it fails before or after its effect, and that the caller's machine dies around it. */
  readonly error: number
  readonly crash: number
  /** That a message or a change record comes twice. */
  readonly twice: number
  /** Of a call: that it takes a minute or so. */
  readonly stall: number
  /** Of a call: that the caller's machine stands still for a while from then on. */
  readonly freeze: number
}

/** Virtual time, seeded chance, and calls between machines that are slow, fail, or kill. */
export class World {
  now = 1_700_000_000_000
  readonly random: () => number
  /** Faults happen only while this is set: afterwards all must come right. */
  faulty = true
  readonly odds: Odds
  readonly #events = createHeap<() => void>()
  readonly #start = this.now

  constructor(seed: number, odds: Odds) {
    this.random = chanceOf(seed)
    this.odds = odds
  }

  /** Virtual milliseconds since the beginning. */
  get elapsed(): number {
    return this.now - this.#start
  }

  chance(probability: number): boolean {
    return this.random() < probability
  }

  between(low: number, high: number): number {
    return low + Math.floor(this.random() * (high - low + 1))
  }

  pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.random() * items.length)]
  }

  at(delay: number, callback: () => void): void {
    this.#events.push(this.now + Math.max(0, delay), callback)
  }

  /** Calls back once the machine lives on; never, if it does not. */
  whenAwake(machine: Mortal, callback: () => void): void {
    if (machine.dead) return
    if (machine.frozenUntil > this.now) this.at(machine.frozenUntil - this.now, () => this.whenAwake(machine, callback))
    else callback()
  }

  pause(ms: number): Promise<void> {
    return new Promise(resolve => this.at(ms, resolve))
  }

  /** Mostly a few milliseconds, now and then seconds. */
  latency(): number {
    if (this.faulty && this.chance(this.odds.stall)) return this.between(20_000, 100_000)
    return this.faulty && this.chance(0.02) ? this.between(500, 4_000) : this.between(1, 20)
  }

  /** One call to a port: the effect happens at some moment on the way, and the answer comes later, or never. */
  call<T>(caller: Mortal, effect: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (caller.dead) return
      const refused = this.faulty && this.chance(this.odds.error)
      const unanswered = this.faulty && this.chance(this.odds.error)
      const fatal = this.faulty && this.chance(this.odds.crash)
      const before = this.chance(0.5)
      this.at(this.latency(), () => {
        // What a dead machine sent may still arrive.
        if (caller.dead && this.chance(0.5)) return
        if (fatal && before) return caller.crash()
        if (refused) return this.whenAwake(caller, () => reject(new Error('simulated: refused')))
        const result = effect()
        if (fatal) return caller.crash()
        if (this.faulty && this.chance(this.odds.freeze)) caller.frozenUntil = this.now + this.between(5_000, 150_000)
        this.at(this.latency(), () =>
          this.whenAwake(caller, () => {
            if (unanswered) reject(new Error('simulated: no answer'))
            else result.then(resolve, reject)
          }),
        )
      })
    })
  }

  /** Runs events in the order of their times until `isOver`, or until `limit` virtual milliseconds have passed. */
  async run(isOver: () => boolean, limit: number): Promise<void> {
    while (!isOver() && this.#events.size > 0 && this.elapsed < limit) {
      this.now = Math.max(this.now, this.#events.time())
      this.#events.pop()()
      // Lets everything that follows from the event happen before the next one.
      await new Promise(resolve => setImmediate(resolve))
    }
  }
}
