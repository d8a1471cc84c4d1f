import type { Range } from '../protocol/job.ts'

/** The jids of a map as its parts are accepted: may be walked while it still grows, several times. */
export class Parts implements AsyncIterable<number> {
  readonly #ranges: Range[] = []
  #over: 'no' | 'ended' | { readonly error: unknown } = 'no'
  #changed = Promise.withResolvers<void>()

  add(range: Range): void {
    this.#ranges.push(range)
    this.#wake()
  }

  end(): void {
    this.#over = 'ended'
    this.#wake()
  }

  fail(error: unknown): void {
    this.#over = { error }
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<number> {
    for (let index = 0; ; index++) {
      while (index === this.#ranges.length) {
        if (this.#over === 'ended') return
        if (this.#over !== 'no') throw this.#over.error
        await this.#changed.promise
      }
      const [first, count] = this.#ranges[index] as Range
      for (let jid = first; jid < first + count; jid++) yield jid
    }
  }

  #wake(): void {
    const { resolve } = this.#changed
    this.#changed = Promise.withResolvers<void>()
    resolve()
  }
}
