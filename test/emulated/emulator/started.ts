import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds after which a process that was asked to end is ended. */
const GRACE_MS = 5_000

export interface StartOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  /** File of its output. */
  readonly log: string
  readonly isReady: () => Promise<boolean>
  /** Milliseconds. */
  readonly patience: number
}

/** A server in a process group of its own, so that what it started ends with it. */
export class Started implements AsyncDisposable {
  readonly #child: ChildProcess
  readonly #log: string

  // Where nobody gets to end it: on an error outside of all tests, or an interrupt.
  readonly #kill = (): void => signal(this.#child, 'SIGKILL')

  private constructor(child: ChildProcess, log: string) {
    this.#child = child
    this.#log = log
    process.once('exit', this.#kill)
  }

  static async start({ command, args, env, log, isReady, patience }: StartOptions): Promise<Started> {
    const output = openSync(log, 'w')
    const child = spawn(command, args, { env, stdio: ['ignore', output, output], detached: true })
    const started = new Started(child, log)
    const failed = new Promise<never>((_, reject) => child.once('error', reject))
    const deadline = Date.now() + patience
    while (!(await Promise.race([isReady().catch(() => false), failed]))) {
      if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}:\n${started.output()}`)
      if (Date.now() > deadline) {
        await started[Symbol.asyncDispose]()
        throw new Error(`${command} is not ready after ${patience} ms:\n${started.output()}`)
      }
      await sleep(100)
    }
    return started
  }

  /** What it printed last. */
  output(): string {
    return readFileSync(this.#log, 'utf8').slice(-4_000)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const child = this.#child
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit')
      signal(child, 'SIGTERM')
      const timer = setTimeout(() => signal(child, 'SIGKILL'), GRACE_MS)
      await ended
      clearTimeout(timer)
    }
    this.#kill()
    process.off('exit', this.#kill)
  }
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, name)
  } catch {
    // Nobody is left in the group.
  }
}
