import type { Used } from '../done-frame.ts'

/** Milliseconds between two looks at the resident memory: each costs 8 µs. */
const MEMORY_EVERY_MS = 20

/** What the process used since the last time that it was asked. Asked once a write, not once a job. */
export class UsageMeter {
  #cpu = process.cpuUsage()
  #memory = 0
  #looked = Number.NEGATIVE_INFINITY

  take(): Used {
    const { user, system } = process.cpuUsage()
    const used = { cpuUser: user - this.#cpu.user, cpuSystem: system - this.#cpu.system }
    this.#cpu = { user, system }
    const now = performance.now()
    if (now - this.#looked > MEMORY_EVERY_MS) {
      this.#looked = now
      this.#memory = process.memoryUsage.rss()
    }
    return { ...used, memory: this.#memory }
  }
}
