import type { Launcher } from '../ports/launcher.ts'
import type { Ports } from '../ports/ports.ts'
import type { ChunkMessage, Received } from '../ports/queue.ts'
import type { Settings } from '../ports/settings.ts'

/** Milliseconds for which a look for a guest waits for one. */
const WAIT_MS = 1_000

/**
 * While jobs here wait for others, some of those run here: executors that all wait would wait for ever. Which ones a queue does
 * not let us choose.
 */
export class Helping {
  /** Guests are taken in until then: epoch milliseconds. */
  until = 0
  readonly #ports: Ports & { readonly launcher: Launcher }
  readonly #settings: Settings
  readonly #take: (received: readonly Received<ChunkMessage>[]) => Promise<void>
  #current: Promise<void> | undefined

  constructor(
    ports: Ports & { readonly launcher: Launcher },
    settings: Settings,
    take: (received: readonly Received<ChunkMessage>[]) => Promise<void>,
  ) {
    this.#ports = ports
    this.#settings = settings
    this.#take = take
    ports.launcher.onWanted(() => {
      if (this.until > 0) this.#soon()
    })
  }

  /** Resolves once no message is on its way here; true: one may have come meanwhile. */
  async over(): Promise<boolean> {
    const current = this.#current
    await current
    return current !== undefined
  }

  #soon(): void {
    this.#current ??= this.#help().finally(() => {
      this.#current = undefined
    })
  }

  async #help(): Promise<void> {
    const { jobs, launcher, clock } = this.#ports
    const { lease: visibility, onError } = this.#settings
    while ((launcher.waiting ?? 0) > 0 && launcher.wanted > 0 && clock.now() < this.until) {
      try {
        const received = await jobs.receive({ max: 1, visibility, wait: WAIT_MS })
        if (received.length > 0) await this.#take(received)
      } catch (error) {
        onError(error)
        return
      }
    }
  }
}
