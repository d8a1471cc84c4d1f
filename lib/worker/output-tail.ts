import { StringDecoder } from 'node:string_decoder'
import { MAX_OUTPUT_CHARS } from '../protocol/limits.ts'

/** Characters that may gather before the oldest are let go: cutting at each chunk would copy the tail each time. */
const SLACK_CHARS = 4 * MAX_OUTPUT_CHARS

/** The last characters of a stream of UTF-8, and how many came before them. */
export class OutputTail {
  readonly #limit: number
  readonly #decoder = new StringDecoder('utf8')
  #chunks: string[] = []
  #chars = 0
  #dropped = 0

  /** @param limit characters that are kept, `MAX_OUTPUT_CHARS` by default */
  constructor(limit = MAX_OUTPUT_CHARS) {
    this.#limit = limit
  }

  push(bytes: Buffer): void {
    this.#add(this.#decoder.write(bytes))
  }

  /** What is kept now. A character of which only some bytes came is left out until the rest is there. */
  read(): { readonly text: string; readonly dropped: number } {
    this.#cut()
    return { text: this.#chunks[0] ?? '', dropped: this.#dropped }
  }

  #add(text: string): void {
    if (text === '') return
    this.#chunks.push(text)
    this.#chars += text.length
    if (this.#chars > this.#limit + SLACK_CHARS) this.#cut()
  }

  #cut(): void {
    let text = this.#chunks.length === 1 ? (this.#chunks[0] as string) : this.#chunks.join('')
    let from = Math.max(0, text.length - this.#limit)
    // Never start in the middle of a surrogate pair.
    if (from > 0 && isLowSurrogate(text.charCodeAt(from)) && from < text.length) from++
    if (from > 0) text = text.slice(from)
    this.#dropped += from
    this.#chunks = text === '' ? [] : [text]
    this.#chars = text.length
  }
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}
