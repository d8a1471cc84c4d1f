import { CloudException } from '../../protocol/errors.ts'
import type { Duration } from '../api.ts'
import { limitWait } from './wait-options.ts'

type State<T> =
  | { readonly kind: 'pending' }
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'error'; readonly error: unknown }

/** A value to be, as multiprocessing's: what `applyAsync` and `mapAsync` give. */
export class AsyncResult<T> {
  readonly #settled: Promise<void>
  #state: State<T> = { kind: 'pending' }

  constructor(value: Promise<T>) {
    this.#settled = value.then(
      known => {
        this.#state = { kind: 'value', value: known }
      },
      error => {
        this.#state = { kind: 'error', error }
      },
    )
  }

  /** The value, or the job's exception. Throws `CloudTimeoutError` after `timeout`; the job runs on. */
  async get(timeout?: Duration): Promise<T> {
    await this.#limited(timeout)
    const state = this.#state
    if (state.kind === 'value') return state.value
    throw (state as { readonly error: unknown }).error
  }

  /** Settles when the value is there or `timeout` is over; never throws for either. */
  async wait(timeout?: Duration): Promise<void> {
    try {
      await this.#limited(timeout)
    } catch (error) {
      if (!CloudException.isCloudException(error) || error.code !== 'wait-timeout') throw error
    }
  }

  ready(): boolean {
    return this.#state.kind !== 'pending'
  }

  /** Whether it ended well. Throws `not-finished` before it is ready. */
  successful(): boolean {
    if (this.#state.kind !== 'pending') return this.#state.kind === 'value'
    throw new CloudException('Whether it was successful is not known yet: it is not ready.', {
      code: 'not-finished',
      hint: 'Await wait() first.',
    })
  }

  #limited(timeout: Duration | undefined): Promise<void> {
    if (timeout === undefined) return this.#settled
    return new Promise((resolve, reject) => {
      const lift = limitWait({ timeout }, 'this result', reject)
      void this.#settled.then(() => {
        lift()
        resolve()
      })
    })
  }
}
