import { pipeline, Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { CloudException } from '../../protocol/errors.ts'

const decoders = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }

/**
 * A body as it was before its `Content-Encoding`, piece by piece, so that whoever reads it may stop at a limit.
 * Throws `unsupported-type` for encodings that nobody knows here, and `invalid-request` for bytes that are not of theirs.
 */
export async function* inflate(body: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
  const name = encoding.trim().toLowerCase()
  if (!Object.hasOwn(decoders, name)) {
    throw new CloudException(`The body’s encoding is ${name.slice(0, 100)}.`, {
      code: 'unsupported-type',
      hint: `Known ones are ${Object.keys(decoders).join(', ')}.`,
    })
  }
  const decoder = decoders[name as keyof typeof decoders]()
  let foreign: unknown
  async function* watched(): AsyncGenerator<Uint8Array> {
    try {
      yield* body
    } catch (error) {
      foreign = error
      throw error
    }
  }
  // Its errors come out of the decoder, which is read below.
  pipeline(Readable.from(watched(), { objectMode: false }), decoder, () => undefined)
  try {
    for await (const chunk of decoder) yield chunk as Uint8Array
  } catch (cause) {
    if (foreign !== undefined) throw foreign
    throw new CloudException(`The body is not ${name}.`, { code: 'invalid-request', cause })
  } finally {
    decoder.destroy()
  }
}
