import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Slot } from './slot.ts'

/** Milliseconds between two looks at busy children. Buffers grow by about 1 GB/s: the limit is overshot by 0.1 GB. */
const EVERY_MS = 100
const PAGE_BYTES = 4096
const run = promisify(execFile)

/** Looks at the resident memory of busy children, as buffers escape the heap's own limit. Looks at nothing when idle. */
export class MemoryWatch {
  readonly #slots: Iterable<Slot>
  readonly #limit: number
  #timer: NodeJS.Timeout | undefined

  constructor(slots: Iterable<Slot>, limit: number) {
    this.#slots = slots
    this.#limit = limit
  }

  /** Called when a child gets work: looks until none has any. */
  start(): void {
    this.#timer ??= setTimeout(() => void this.#look(), EVERY_MS).unref()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  async #look(): Promise<void> {
    const busy = [...this.#slots].filter(({ flight, gone }) => flight.size > 0 && !gone)
    const bytes = await residentBytes(busy.map(({ child }) => child.pid ?? 0))
    for (const slot of busy) {
      const resident = bytes.get(slot.child.pid ?? 0) ?? 0
      if (resident > slot.peak) slot.peak = resident
      if (resident > this.#limit && slot.flight.size > 0 && !slot.gone) slot.condemn(() => true, 'oom')
    }
    this.#timer = undefined
    if (busy.length > 0) this.start()
  }
}

/** Of each process that still is: Linux tells in a file; elsewhere `ps` does. */
async function residentBytes(pids: readonly number[]): Promise<Map<number, number>> {
  const bytes = new Map<number, number>()
  if (process.platform === 'linux') {
    for (const pid of pids) {
      try {
        const [, resident] = readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')
        bytes.set(pid, Number(resident) * PAGE_BYTES)
      } catch {
        // It has just ended.
      }
    }
    return bytes
  }
  try {
    const { stdout } = await run('ps', ['-o', 'pid=,rss=', '-p', pids.join(',')])
    for (const line of stdout.trim().split('\n')) {
      const [pid, kilobytes] = line.trim().split(/\s+/)
      bytes.set(Number(pid), Number(kilobytes) * 1024)
    }
  } catch {
    // None of them is left.
  }
  return bytes
}
