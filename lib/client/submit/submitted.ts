import type { Jid, JidRange } from '../api.ts'
import { callSite } from '../result/job-error.ts'
import type { Interest } from './habit.ts'
import type { Parts } from './parts.ts'
import { type Asked, type Executor, refusing } from './refusing.ts'
import type { Ways } from './submit.ts'

/** What a call's handle goes on with, and what it lets be seen. */
interface Means {
  readonly ways: Ways
  readonly interest: Interest
}

/** What `call` gives: a promise of the jid, with the way on to the value. */
export class CallHandle extends Promise<Jid> {
  // What `then` gives is a plain promise.
  static override get [Symbol.species](): PromiseConstructor {
    return Promise
  }

  #means: Means | undefined

  static make(means: Means, asked: Asked, executor: Executor<Jid>): CallHandle {
    const handle = new CallHandle(refusing(executor, asked))
    handle.#means = means
    return handle
  }

  async result(options?: unknown): Promise<unknown> {
    const { ways, interest } = this.#means as Means
    interest.wanted = true
    const jid = await this
    return await ways.result(jid, options)
  }
}

/** What `map` gives: a promise of the jids, the way on to all values, and the values one by one while jobs still leave. */
export class MapHandle extends Promise<JidRange> {
  static override get [Symbol.species](): PromiseConstructor {
    return Promise
  }

  #ways: Ways | undefined
  #parts: Parts | undefined

  static make({ ways, parts }: { ways: Ways; parts: Parts }, asked: Asked, executor: Executor<JidRange>): MapHandle {
    const handle = new MapHandle(refusing(executor, asked))
    handle.#ways = ways
    handle.#parts = parts
    return handle
  }

  result(options?: unknown): Promise<unknown> {
    const site = callSite()
    return this.then(jids => this.#ways?.result(jids, options, site))
  }

  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    // Whoever iterates hears of a failure there.
    this.catch(() => undefined)
    return (this.#ways as Ways).iterate(this.#parts as Parts)
  }
}
