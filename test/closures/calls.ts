import { readFileSync } from 'node:fs'
import { Session } from 'node:inspector'
import { fileURLToPath } from 'node:url'

interface Range {
  readonly startOffset: number
  readonly endOffset: number
  readonly count: number
}
interface Script {
  readonly scriptId: string
  readonly url: string
  readonly functions: readonly { readonly functionName: string; readonly ranges: readonly Range[] }[]
}
interface Stop {
  readonly scriptId: string
  readonly lineNumber: number
  readonly columnNumber: number
}

/**
 * V8 counts the calls of all functions: none of the user's may be called while something is captured, be it a getter, a
 * trap of a proxy, `toJSON` or an iterator. Only those are left out that were stopped before their first statement, on
 * which capturing learns what an arrow function's `this` is.
 */
export class Calls {
  readonly #session = new Session()
  #stops: Stop[] = []

  constructor() {
    this.#session.connect()
    this.#post('Profiler.enable')
    this.#noteStops()
  }

  /** The functions below a folder that `act` calls. */
  during(folder: string, act: () => void): string[] {
    // Only meanwhile, as V8 lets go of no script that ever ran while it counts: each question to the inspector is one.
    this.#post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
    this.#stops = []
    act()
    const { result } = this.#post<{ result: Script[] }>('Profiler.takePreciseCoverage')
    this.#post('Profiler.stopPreciseCoverage')
    return result.filter(({ url }) => url.startsWith(folder)).flatMap(script => this.#called(script))
  }

  #called({ scriptId, url, functions }: Script): string[] {
    const text = readFileSync(fileURLToPath(url), 'utf8')
    const stops = this.#stops.filter(stop => stop.scriptId === scriptId).map(stop => offsetIn(text, stop))
    return functions.flatMap(({ functionName, ranges: [range] }) => {
      if (range === undefined || range.count === 0) return []
      const holds = (offset: number): boolean => range.startOffset <= offset && offset < range.endOffset
      const stopped = stops.filter(
        offset =>
          holds(offset) &&
          !functions.some(
            ({ ranges: [inner] }) => inner !== undefined && within(inner, range) && inside(inner, offset),
          ),
      )
      const called = range.count - stopped.length
      return called > 0
        ? [`${functionName || '(anonymous)'} at ${url}, offset ${range.startOffset}, ${called} times`]
        : []
    })
  }

  /** Capturing stops a function by the inspector: all sessions of this process tell here. */
  #noteStops(): void {
    const { prototype } = Session as unknown as { prototype: { emit(method: string, message: unknown): boolean } }
    const { emit } = prototype
    const note = (stop: Stop): number => this.#stops.push(stop)
    prototype.emit = function (method, message) {
      if (method === 'Debugger.paused') {
        const { params } = message as { params: { callFrames: readonly { functionLocation?: Stop }[] } }
        const stop = params.callFrames[0]?.functionLocation
        if (stop !== undefined) note(stop)
      }
      return emit.call(this, method, message)
    }
  }

  #post<T>(method: string, params: object = {}): T {
    let answer: T | undefined
    this.#session.post(method, params, (error: Error | null, result: unknown) => {
      if (error !== null) throw error
      answer = result as T
    })
    return answer as T
  }
}

function within(inner: Range, outer: Range): boolean {
  return (
    inner !== outer &&
    inner.startOffset >= outer.startOffset &&
    inner.endOffset <= outer.endOffset &&
    inner.endOffset - inner.startOffset < outer.endOffset - outer.startOffset
  )
}

function inside({ startOffset, endOffset }: Range, offset: number): boolean {
  return startOffset <= offset && offset < endOffset
}

function offsetIn(text: string, { lineNumber, columnNumber }: Stop): number {
  let at = 0
  for (let line = 0; line < lineNumber; line++) at = text.indexOf('\n', at) + 1
  return at + columnNumber
}
