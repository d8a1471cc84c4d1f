import { join } from 'node:path'
import { MAX_INLINE_BYTES } from '../../protocol/limits.ts'
import { encode, gather } from '../../value/encode.ts'
import { carriage } from '../wire.ts'
import type { LoadedSpec } from './load-function.ts'
import { writeParts } from './write-parts.ts'

/** Bytes of a thrown value; a larger one is left at its message and stack. */
const MAX_THROWN_BYTES = 256 * 1024

/** Results as they leave the process: small ones in the frame, large ones in a file that the parent takes over. */
export class ResultWriter {
  readonly #folder: string
  #files = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  /** @throws {CloudException} with the path to what can't travel */
  write(value: unknown, { level }: LoadedSpec): { carriage: number; payload: Uint8Array } {
    const encoded = encode(value, { level })
    if (encoded.size <= MAX_INLINE_BYTES) return { carriage: carriage.inline, payload: gather(encoded) }
    const file = join(this.#folder, `result-${process.pid}-${this.#files++}`)
    writeParts(file, encoded.parts)
    return { carriage: carriage.file, payload: Buffer.from(`${encoded.size} ${file}`) }
  }
}

/** A thrown value in base64, or undefined when it can't travel: then its message and stack must do. */
export function thrownValue(error: unknown): string | undefined {
  try {
    return Buffer.from(gather(encode(error, { level: 1, maxBytes: MAX_THROWN_BYTES }))).toString('base64')
  } catch {
    return undefined
  }
}
