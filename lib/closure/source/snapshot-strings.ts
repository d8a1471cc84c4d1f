const QUOTE = 0x22
const BACKSLASH = 0x5c

/** The strings of a snapshot of the heap, as V8 wrote them: few are ever asked for, so none is made before. */
export class SnapshotStrings {
  readonly #chunks: readonly Buffer[]
  readonly #known = new Map<string, number | undefined>()

  /** @param chunks text of a JSON array behind its bracket, cut anywhere */
  constructor(chunks: readonly Buffer[]) {
    this.#chunks = chunks
  }

  /** Where a string stands in the list; undefined where it does not. */
  indexOf(text: string): number | undefined {
    if (!this.#known.has(text)) this.#known.set(text, this.#find(written(text)))
    return this.#known.get(text)
  }

  #find(wanted: Buffer): number | undefined {
    let index = 0
    let isOpen = false
    let isEscaped = false
    /** Bytes of the string so far, and whether they are those of the wanted one. */
    let length = 0
    let isLike = false
    for (const chunk of this.#chunks) {
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at] as number
        if (!isOpen) {
          isOpen = byte === QUOTE
          isLike = isOpen
          length = 0
        } else if (byte === QUOTE && !isEscaped) {
          if (isLike && length === wanted.length) return index
          isOpen = false
          index++
        } else {
          isEscaped = byte === BACKSLASH && !isEscaped
          isLike &&= byte === wanted[length]
          length++
        }
      }
    }
    return undefined
  }
}

/** As V8 writes it: what is beyond ASCII as `\u00E9`. */
function written(text: string): Buffer {
  const beyond = /[^ -~]/g
  return Buffer.from(text.replace(beyond, it => `\\u${it.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`))
}
