import type { Range } from '../../protocol/job.ts'

/** The jids of a map as its parts are accepted: may be read while it still grows, by several readers. */
export class Parts {
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

  reader(): PartsReader {
    return new PartsReader(this.#ranges, async index => {
      while (index === this.#ranges.length) {
        if (this.#over === 'ended') return false
        if (this.#over !== 'no') throw this.#over.error
        await this.#changed.promise
      }
      return true
    })
  }

  #wake(): void {
    const { resolve } = this.#changed
    this.#changed = Promise.withResolvers<void>()
    resolve()
  }
}

/** Reads the jids of a map once, from the first on. */
export class PartsReader {
  readonly #ranges: readonly Range[]
  readonly #grown: (index: number) => Promise<boolean>
  #index = 0
  #offset = 0

  constructor(ranges: readonly Range[], grown: (index: number) => Promise<boolean>) {
    this.#ranges = ranges
    this.#grown = grown
  }

  /** The next consecutive jids, `most` or fewer; undefined where none are known now. */
  take(most: number): Range | undefined {
    const range = this.#ranges[this.#index]
    if (range === undefined) return undefined
    const first = range[0] + this.#offset
    const count = Math.min(most, range[1] - this.#offset)
    this.#offset += count
    if (this.#offset === range[1]) {
      this.#index++
      this.#offset = 0
    }
    return [first, count]
  }

  /** Settles once more jids are known; false when all were taken. Throws what the map failed with. */
  more(): Promise<boolean> {
    return this.#grown(this.#index)
  }
}
