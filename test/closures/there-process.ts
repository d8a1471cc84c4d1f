import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answer, Order } from './there.ts'

/** What a function does not finish in, milliseconds. */
const MAX_RUN = 15_000

/** As it was before any case set something in it. */
const env = { ...process.env }

/** A process that has loaded nothing of the caller's; another one after a case that ended or stopped it. */
export class ThereProcess {
  #child: ChildProcess | undefined

  async run(order: Order): Promise<Answer> {
    this.#child ??= fork(fileURLToPath(new URL('there.ts', import.meta.url)), [], { serialization: 'advanced', env })
    const child = this.#child
    const { promise, resolve } = Promise.withResolvers<Answer>()
    const ended = (error: string) => (): void => {
      this.#child = undefined
      child.kill('SIGKILL')
      resolve({ error, stack: '', code: undefined })
    }
    const exited = ended('its process exited')
    const timer = setTimeout(ended(`it ran for more than ${MAX_RUN} ms`), MAX_RUN)
    child.once('message', resolve).once('exit', exited)
    child.send(order)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      child.removeListener('message', resolve).removeListener('exit', exited)
    }
  }
}
