import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Death } from './dying.ts'
import type { Verbs } from './handler.ts'

const script = fileURLToPath(new URL('handler.ts', import.meta.url))

/** Milliseconds after which a process that was told to end is ended. */
const GRACE_MS = 5_000

interface Answer {
  readonly id: number
  readonly answer?: unknown
  readonly error?: string
}

interface Pending {
  resolve(answer: never): void
  reject(error: Error): void
}

/** One process of handlers; calls reject once it is dead, as an invocation does. */
export class HandlerProcess implements AsyncDisposable {
  /** How it ended. */
  readonly ended: Promise<NodeJS.Signals | null>
  readonly #process: ChildProcess
  readonly #pending = new Map<number, Pending>()
  #calls = 0

  /** @param death where it kills itself, once */
  constructor(env: NodeJS.ProcessEnv, death?: Death) {
    const flags = ['--disable-warning=ExperimentalWarning']
    const given = death === undefined ? [] : [JSON.stringify(death)]
    this.#process = fork(script, given, { env, execArgv: flags, serialization: 'advanced' })
    this.ended = once(this.#process, 'exit').then(([, signal]) => signal as NodeJS.Signals | null)
    this.#process.on('message', (message: Answer) => this.#hear(message))
    void this.ended.then(() => {
      for (const { reject } of this.#pending.values()) reject(new Error('The handler’s process ended.'))
      this.#pending.clear()
    })
  }

  get isAlive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null
  }

  call<Verb extends keyof Verbs>(verb: Verb, given: Parameters<Verbs[Verb]>[0]): ReturnType<Verbs[Verb]> {
    const { promise, resolve, reject } = Promise.withResolvers<never>()
    const id = ++this.#calls
    this.#pending.set(id, { resolve, reject })
    this.#process.send({ id, verb, given }, error => {
      if (error === null) return
      this.#pending.delete(id)
      reject(error)
    })
    return promise as ReturnType<Verbs[Verb]>
  }

  #hear({ id, answer, error }: Answer): void {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    if (error === undefined) pending?.resolve(answer as never)
    else pending?.reject(new Error(error))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.connected) this.#process.disconnect()
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), GRACE_MS)
    await this.ended
    clearTimeout(timer)
  }
}
