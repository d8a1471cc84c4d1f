import { FRAME_HEADER_BYTES } from './frame-reader.ts'

/**
 * Requests and answers without HTTP's own words for each: a client asks for an upgrade of one connection, which then
 * carries many requests at a time both ways. Each has a number, which the client chose, as its frame's word, and then
 *
 *   asked:     u8 kind of the content · u8 bytes of the path · path · content
 *   answered:  u8 kind of the content · u8 0 · u16 status · u32 seconds to leave before the next try · content
 *
 * little-endian; contents start on a multiple of 8, so that frames in them need no copy. All are POSTs, with the key of the
 * request that asked for the upgrade, and are answered as if each came by itself; an `ended` one is given up.
 */
export const UPGRADE = 'picloud-1'
/** Where it is asked for. */
export const CHANNEL_PATH = '/v1/channel'

/** Bytes of one request or answer that goes through a channel; a larger request goes by itself. */
export const MAX_CHANNEL_REQUEST_BYTES = 64 * 1024
/** Requests of one channel that are unanswered: what comes beyond is not read before one of them is answered. */
export const MAX_CHANNEL_REQUESTS = 1_000

export const contentKind = { ended: 0, empty: 1, json: 2, frame: 3, problem: 4 } as const
export type ContentKind = (typeof contentKind)[keyof typeof contentKind]

const align = (length: number): number => (length + 7) & ~7
const ANSWER_HEAD = 8

export interface Asked {
  readonly number: number
  readonly kind: number
  readonly path: string
  readonly content: Uint8Array
}

/** @param path ASCII, at most 255 bytes */
export function askedFrame({ number, kind, path, content }: Asked): Buffer {
  const at = FRAME_HEADER_BYTES + align(2 + path.length)
  const bytes = Buffer.alloc(at + content.byteLength)
  startFrame(bytes, number)
  bytes[FRAME_HEADER_BYTES] = kind
  bytes[FRAME_HEADER_BYTES + 1] = path.length
  bytes.write(path, FRAME_HEADER_BYTES + 2, 'latin1')
  bytes.set(content, at)
  return bytes
}

/** Undefined: it is none. */
export function askedOf(number: number, body: Buffer): Asked | undefined {
  const [kind, length] = body
  if (kind === undefined || length === undefined) return undefined
  const at = align(2 + length)
  if (at > body.byteLength) return undefined
  return { number, kind, path: body.toString('latin1', 2, 2 + length), content: body.subarray(at) }
}

export interface Answered {
  readonly number: number
  readonly kind: number
  readonly status: number
  /** Seconds. */
  readonly retryAfter: number
  readonly content: Uint8Array
}

export function answeredFrame({ number, kind, status, retryAfter, content }: Answered): Buffer {
  const at = FRAME_HEADER_BYTES + ANSWER_HEAD
  const bytes = Buffer.allocUnsafe(at + content.byteLength)
  startFrame(bytes, number)
  bytes.writeUInt16LE(kind, FRAME_HEADER_BYTES)
  bytes.writeUInt16LE(status, FRAME_HEADER_BYTES + 2)
  bytes.writeUInt32LE(retryAfter, FRAME_HEADER_BYTES + 4)
  bytes.set(content, at)
  return bytes
}

/** Undefined: it is none. */
export function answeredOf(number: number, body: Buffer): Answered | undefined {
  if (body.byteLength < ANSWER_HEAD) return undefined
  const [kind, status, retryAfter] = [body.readUInt16LE(0), body.readUInt16LE(2), body.readUInt32LE(4)]
  return { number, kind, status, retryAfter, content: body.subarray(ANSWER_HEAD) }
}

function startFrame(bytes: Buffer, number: number): void {
  bytes.writeUInt32LE(bytes.byteLength, 0)
  bytes.writeUInt32LE(number, 4)
}
