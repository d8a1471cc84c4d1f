import { Session } from 'node:inspector'

interface Coverage {
  readonly result: readonly {
    readonly url: string
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[]
  }[]
}

/** How often the blocks of our own files run while something is done, by V8's count: the work, whatever the machine. */
export class Work {
  readonly #session = new Session()

  constructor() {
    this.#session.connect()
    this.#post('Profiler.enable')
    this.#post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  }

  of(act: () => unknown): number {
    this.#post('Profiler.takePreciseCoverage')
    act()
    const { result } = this.#post('Profiler.takePreciseCoverage')
    let blocks = 0
    for (const { url, functions } of result) {
      if (!url.includes('/lib/')) continue
      for (const { ranges } of functions) for (const { count } of ranges) blocks += count
    }
    return blocks
  }

  #post(method: string, params: object = {}): Coverage {
    let answer: Coverage | undefined
    this.#session.post(method, params, (error: Error | null, result: unknown) => {
      if (error !== null) throw error
      answer = result as Coverage
    })
    return answer as Coverage
  }
}
