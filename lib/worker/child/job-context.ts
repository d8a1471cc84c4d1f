import type { LocalRequest, ResponseLike } from '../../protocol/message.ts'

/** The job that runs now, as user code may see it. */
export interface CurrentJob {
  readonly jid: number
  /** 1 the first time. */
  readonly attempt: number
  /** Aborts when somebody kills the job; a second later its process is killed. */
  readonly signal: AbortSignal
}

/** What the client finds in a worker under `Symbol.for('picloud.worker')` of `globalThis`, and nowhere else. */
export interface WorkerContext {
  /** Answered by the process that started this one, with the running job as the principal. */
  fetch(request: LocalRequest): Promise<ResponseLike>
  /** Undefined between jobs. */
  current(): CurrentJob | undefined
}

const KEY = Symbol.for('picloud.worker')

/** Tells the client's code in this process which job it works for. One job at a time runs here, so one is enough. */
export class JobContext {
  #job: { readonly jid: number; readonly tries: number } | undefined
  #current: CurrentJob | undefined
  // Made when somebody looks: an abort controller costs more than a small job.
  #controller: AbortController | undefined
  #aborted = false

  constructor(fetch: WorkerContext['fetch']) {
    const context: WorkerContext = { fetch, current: () => this.#read() }
    Object.defineProperty(globalThis, KEY, { value: Object.freeze(context) })
  }

  enter(job: { readonly jid: number; readonly tries: number }): void {
    this.#job = job
    this.#aborted = false
  }

  leave(): void {
    this.#job = undefined
    this.#current = undefined
    this.#controller = undefined
  }

  abort(): void {
    this.#aborted = true
    this.#controller?.abort(reason())
  }

  #read(): CurrentJob | undefined {
    if (this.#job === undefined) return undefined
    if (this.#current !== undefined) return this.#current
    const { jid, tries: attempt } = this.#job
    const signalOf = (): AbortSignal => this.#signal()
    this.#current = {
      jid,
      attempt,
      get signal() {
        return signalOf()
      },
    }
    return this.#current
  }

  #signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController()
      if (this.#aborted) this.#controller.abort(reason())
    }
    return this.#controller.signal
  }
}

function reason(): Error {
  return new DOMException('Somebody killed this job.', 'AbortError')
}
