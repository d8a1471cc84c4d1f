import type { Used } from '../frames/done-frame.ts'

/** Milliseconds between two looks at the CPU clock (1 µs each) and at the resident memory (8 µs each). */
const CPU_EVERY_MS = 2
const MEMORY_EVERY_MS = 50

/**
 * What the process used since the last time that it was asked. Asked once a write, not once a job. Between two looks at
 * the clock the time that jobs took counts as theirs, and the next look makes good what was too much or too little.
 */
export class UsageMeter {
  #cpu = process.cpuUsage()
  #memory = 0
  #lookedAtCpu = performance.now()
  #lookedAtMemory = Number.NEGATIVE_INFINITY
  /** Microseconds that were told ahead of the clock. */
  #ahead = 0

  /** @param took milliseconds that the jobs took which are told of */
  take(took: number): Used {
    const now = performance.now()
    if (now - this.#lookedAtMemory > MEMORY_EVERY_MS) {
      this.#lookedAtMemory = now
      this.#memory = process.memoryUsage.rss()
    }
    const memory = this.#memory
    if (now - this.#lookedAtCpu < CPU_EVERY_MS) {
      const cpuUser = 1_000 * took
      this.#ahead += cpuUser
      return { cpuUser, cpuSystem: 0, memory }
    }
    this.#lookedAtCpu = now
    const cpu = process.cpuUsage()
    const user = cpu.user - this.#cpu.user
    const system = cpu.system - this.#cpu.system
    this.#cpu = cpu
    const cpuUser = Math.max(0, user - this.#ahead)
    this.#ahead = Math.max(0, this.#ahead - user)
    return { cpuUser, cpuSystem: system, memory }
  }
}
