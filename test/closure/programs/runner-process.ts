import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Over which an answer does not come, milliseconds. */
const MAX_ANSWER = 60_000

/** A process that answers one message after another; another one after a message that ended or stopped it. */
export class RunnerProcess<Order extends object, Answer extends object> {
  readonly #url: URL
  readonly #lost: (why: string) => Answer
  #child: ChildProcess | undefined
  #answered = 0

  /** @param lost what stands for an answer that does not come */
  constructor(url: URL, lost: (why: string) => Answer) {
    this.#url = url
    this.#lost = lost
  }

  async run(order: Order): Promise<Answer> {
    this.#child ??= fork(fileURLToPath(this.#url), [], { serialization: 'advanced' })
    const child = this.#child
    const { promise, resolve } = Promise.withResolvers<Answer>()
    const ended = (why: string) => (): void => {
      this.#child = undefined
      child.kill('SIGKILL')
      resolve(this.#lost(why))
    }
    const exited = ended('its process exited')
    const timer = setTimeout(ended(`no answer in ${MAX_ANSWER} ms`), MAX_ANSWER)
    child.once('message', resolve).once('exit', exited)
    child.send(order)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      child.removeListener('message', resolve).removeListener('exit', exited)
      // Loaded modules are never let go of.
      if (++this.#answered % MAX_ANSWERS === 0) this.close()
    }
  }

  close(): void {
    if (this.#child?.connected === true) this.#child.disconnect()
    this.#child = undefined
  }
}

/** Of one process. */
const MAX_ANSWERS = 150
