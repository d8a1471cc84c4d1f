import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Report, Task } from './caller.ts'

/** What a case does not finish in, milliseconds: more than its function has elsewhere. */
const MAX_CASE = 40_000

/** A user's process, which takes one case after another; another one after a case that ended or stopped it. */
export class CallerProcess {
  #child: ChildProcess | undefined

  async run(task: Task): Promise<Report> {
    this.#child ??= fork(fileURLToPath(new URL('caller.ts', import.meta.url)), [], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    })
    const child = this.#child
    const { promise, resolve } = Promise.withResolvers<Report>()
    const ended = (failure: string) => (): void => {
      this.#child = undefined
      child.kill('SIGKILL')
      resolve({ failure, bytes: '' })
    }
    const exited = ended('the caller’s process exited')
    const timer = setTimeout(ended(`it took more than ${MAX_CASE} ms`), MAX_CASE)
    child.once('message', resolve).once('exit', exited)
    child.send(task)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      child.removeListener('message', resolve).removeListener('exit', exited)
    }
  }

  close(): void {
    this.#child?.disconnect()
  }
}
