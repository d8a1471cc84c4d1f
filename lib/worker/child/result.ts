import { join } from 'node:path'
import { encodeResult } from '../../closure/parcel-result.ts'
import { MAX_INLINE_BYTES } from '../../protocol/limits.ts'
import type { ResultForm } from '../../protocol/plain-payload.ts'
import { gather } from '../../value/encode.ts'
import type { Encoded } from '../../value/encoding.ts'
import { carriage } from '../frames/wire.ts'
import type { LoadedFunction, LoadedSpec } from './load-function.ts'
import { writeParts } from './write-parts.ts'

/** Bytes of a thrown value; a larger one is left at its message and stack. */
const MAX_THROWN_BYTES = 256 * 1024

export interface Written {
  readonly carriage: number
  readonly payload: Uint8Array
}

/** Results as they leave the process: small ones in the frame, large ones in a file that the parent takes over. */
export class ResultWriter {
  readonly #folder: string
  #files = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  /**
   * A promise only for what few jobs need the code of: results for HTTP, and such as hold functions that the caller lacks.
   * @throws {CloudException} with the path to what can't travel; also as a rejection
   */
  write(value: unknown, { known }: LoadedFunction, { level, resultForm }: LoadedSpec): Written | Promise<Written> {
    if (resultForm !== undefined) return this.#plain(value, resultForm)
    const encoded = encodeResult(value, known, { level, root: 'result' })
    return encoded instanceof Promise ? encoded.then(each => this.#carried(each)) : this.#carried(encoded)
  }

  async #plain(value: unknown, form: ResultForm): Promise<Written> {
    const { plainResult } = await import('./plain-result.ts')
    const payload = plainResult(value, form)
    return this.#carried({ parts: [payload], size: payload.byteLength })
  }

  #carried(encoded: Encoded): Written {
    if (encoded.size <= MAX_INLINE_BYTES) return { carriage: carriage.inline, payload: gather(encoded) }
    const file = join(this.#folder, `result-${process.pid}-${this.#files++}`)
    writeParts(file, encoded.parts)
    return { carriage: carriage.file, payload: Buffer.from(`${encoded.size} ${file}`) }
  }
}

/** A thrown value in base64, or undefined when it can't travel: then its message and stack must do. */
export function thrownValue(
  error: unknown,
  fn: LoadedFunction | undefined,
): string | undefined | Promise<string | undefined> {
  try {
    const encoded = encodeResult(error, fn?.known ?? [], { level: 1, maxBytes: MAX_THROWN_BYTES })
    return encoded instanceof Promise ? encoded.then(base64, () => undefined) : base64(encoded)
  } catch {
    return undefined
  }
}

function base64(encoded: Encoded): string {
  return Buffer.from(gather(encoded)).toString('base64')
}
