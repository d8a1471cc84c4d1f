import { CloudException } from './errors.ts'

/**
 * The binary body of requests and answers that carry values, bundles or results:
 *
 *   u32 magic · u32 header bytes · u32 sections · u32 length of each section · JSON header · sections
 *
 * little-endian; the header and each section start on a multiple of 8, so that typed arrays are views.
 */
export interface Frame {
  readonly header: unknown
  readonly sections: readonly Uint8Array[]
}

/** The media type of a frame. */
export const FRAME_TYPE = 'application/vnd.picloud.frame'

const MAGIC = 0x31464350
const MAX_SECTIONS = 65_536
const textEncoder = new TextEncoder()
const textDecoder = new TextDecoder('utf-8', { fatal: true })
const align = (length: number): number => (length + 7) & ~7

/** One buffer that holds the whole frame. Large values travel as blobs, so frames are small and one copy is cheapest. */
export function encodeFrame(header: unknown, sections: readonly Uint8Array[] = []): Uint8Array<ArrayBuffer> {
  return frameOf(textEncoder.encode(JSON.stringify(header)), sections)
}

/** The same with a header that is encoded already. */
export function frameOf(json: Uint8Array, sections: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const prefix = 12 + 4 * sections.length
  let size = align(prefix) + align(json.byteLength)
  for (const section of sections) size += align(section.byteLength)
  const bytes = new Uint8Array(size)
  const words = new Uint32Array(bytes.buffer, 0, prefix >> 2)
  words[0] = MAGIC
  words[1] = json.byteLength
  words[2] = sections.length
  let at = align(prefix)
  bytes.set(json, at)
  at += align(json.byteLength)
  for (const [index, section] of sections.entries()) {
    words[3 + index] = section.byteLength
    bytes.set(section, at)
    at += align(section.byteLength)
  }
  return bytes
}

/** Reads a frame; sections are views into `bytes`. Throws `decode` on anything that is not exactly a frame. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const { json, sections } = partsOf(bytes)
  return { header: parseHeader(json), sections }
}

/** A frame taken apart, its header as it came. */
export function partsOf(bytes: Uint8Array): { readonly json: Uint8Array; readonly sections: readonly Uint8Array[] } {
  const whole = bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes)
  if (whole.byteLength < 12) throw refuse('it is shorter than a frame’s prefix')
  const view = new DataView(whole.buffer, whole.byteOffset, whole.byteLength)
  if (view.getUint32(0, true) !== MAGIC) throw refuse('it does not start with the frame’s mark')
  const headerLength = view.getUint32(4, true)
  const count = view.getUint32(8, true)
  if (count > MAX_SECTIONS) throw refuse(`it claims ${count} sections, more than ${MAX_SECTIONS}`)
  const prefix = 12 + 4 * count
  let at = align(prefix)
  if (at + headerLength > whole.byteLength) throw refuse('its header runs past its end')
  const json = whole.subarray(at, at + headerLength)
  at += align(headerLength)
  const sections: Uint8Array[] = []
  for (let index = 0; index < count; index++) {
    const length = view.getUint32(12 + 4 * index, true)
    if (at + length > whole.byteLength) throw refuse(`section ${index} runs past its end`)
    sections.push(whole.subarray(at, at + length))
    at += align(length)
  }
  if (at !== whole.byteLength) throw refuse('bytes follow its last section')
  return { json, sections }
}

function parseHeader(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(textDecoder.decode(bytes))
  } catch (cause) {
    throw refuse('its header is not JSON', cause)
  }
}

function refuse(why: string, cause?: unknown): CloudException {
  return new CloudException(`This body can’t be read as a frame: ${why}.`, { code: 'decode', cause })
}
