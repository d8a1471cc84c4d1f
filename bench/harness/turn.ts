import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Metrics } from './goal.ts'

const program = fileURLToPath(new URL('contestant.ts', import.meta.url))

/** What a contestant may take for a round or to get ready, in milliseconds: one that hangs must not hold up the rest. */
const ROUND_LIMIT = 180_000

/** What it may take to close. */
const CLOSE_LIMIT = 10_000

interface Answer {
  readonly ready?: true
  readonly metrics?: Metrics
  readonly error?: string
}

/** A contestant's process, from here: it is told when to measure. */
export class Turn {
  readonly #name: string
  readonly #child: ChildProcess

  constructor(name: string, args: readonly string[], prefix: readonly string[]) {
    const node = [process.execPath, '--expose-gc', '--disable-warning=ExperimentalWarning', program, ...args]
    const [command = process.execPath, ...rest] = [...prefix, ...node]
    this.#name = name
    this.#child = spawn(command, rest, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  }

  async ready(): Promise<this> {
    await this.#answer('getting ready')
    return this
  }

  async round(): Promise<Metrics> {
    this.#child.send('round')
    const { metrics } = await this.#answer('a round')
    if (metrics === undefined) throw new Error(`${this.#name} answered a round without figures.`)
    return metrics
  }

  async close(): Promise<void> {
    const gone = once(this.#child, 'exit')
    this.#child.send('close')
    const timer = setTimeout(() => this.kill(), CLOSE_LIMIT)
    await gone
    clearTimeout(timer)
  }

  kill(): void {
    this.#child.kill('SIGKILL')
  }

  async #answer(what: string): Promise<Answer> {
    const over = new AbortController()
    const signal = AbortSignal.any([over.signal, AbortSignal.timeout(ROUND_LIMIT)])
    const died = once(this.#child, 'exit', { signal }).then(([code, killed]) => {
      throw new Error(`${this.#name} ended early (${killed ?? code}).`)
    })
    try {
      const [answer] = (await Promise.race([once(this.#child, 'message', { signal }), died])) as [Answer]
      if (answer.error !== undefined) throw new Error(`${this.#name}: ${answer.error}`)
      return answer
    } catch (error) {
      if (!signal.aborted) throw error
      throw new Error(`${this.#name} took more than ${ROUND_LIMIT / 1_000} s for ${what}.`, { cause: error })
    } finally {
      over.abort()
      died.catch(() => {})
    }
  }
}
