import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Captured, capture } from '../../lib/closure/capture.ts'

/** What a fresh process made of a captured function. */
export interface Answer {
  readonly results?: readonly unknown[]
  readonly error?: string
  readonly stack?: string
}

interface Options {
  readonly calls?: readonly (readonly unknown[])[]
  /** Revive anew for each call. */
  readonly fresh?: boolean
}

/** A process that has loaded nothing of the caller's. */
export class FreshProcess implements Disposable {
  readonly #child: ChildProcess
  #waiting: PromiseWithResolvers<Answer> | undefined

  constructor() {
    this.#child = fork(fileURLToPath(new URL('revive-runner.ts', import.meta.url)), [], { serialization: 'advanced' })
    this.#child.on('message', answer => this.#waiting?.resolve(answer as Answer))
    this.#child.on('exit', code => this.#waiting?.reject(new Error(`the fresh process exited with ${code}`)))
  }

  /** One at a time. */
  run({ bundle, modules }: Captured, { calls = [[]], fresh = false }: Options = {}): Promise<Answer> {
    this.#waiting = Promise.withResolvers<Answer>()
    const packages = Object.fromEntries(modules.map(({ hash, bytes }) => [hash, bytes]))
    this.#child.send({ bundle, modules: packages, calls, fresh })
    return this.#waiting.promise
  }

  /** Captures here, calls there. */
  async call(fn: Function, ...args: readonly unknown[]): Promise<unknown> {
    const { results, error, stack } = await this.run(capture(fn), { calls: [args] })
    if (error !== undefined) throw Object.assign(new Error(error), { stack })
    return results?.[0]
  }

  [Symbol.dispose](): void {
    this.#child.removeAllListeners('exit')
    this.#child.kill()
  }
}
