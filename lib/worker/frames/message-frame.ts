import { CloudException } from '../../protocol/errors.ts'
import { decodeFrame } from '../../protocol/frame.ts'
import type { Content } from '../../protocol/message.ts'

/** What goes before the body of a request or an answer between a job and its parent. */
export interface MessageHead {
  /** Of the request; its answer has the same. */
  readonly id: number
  /** The job that asks. */
  readonly sequence?: number
  readonly method?: string
  readonly url?: string
  readonly status?: number
  readonly headers: Readonly<Record<string, string>>
  readonly kind: Content['kind']
  /** Where the body is when it is too large for the socket. The reader deletes it. */
  readonly file?: string
}

/** Body: u32 bytes of JSON · JSON · the message's own body. */
export function encodeMessage(head: MessageHead, parts: readonly Uint8Array[]): Buffer {
  const json = Buffer.from(JSON.stringify(head))
  const size = Buffer.allocUnsafe(4)
  size.writeUInt32LE(json.byteLength)
  return Buffer.concat([size, json, ...parts])
}

export function decodeMessage(body: Buffer): { readonly head: MessageHead; readonly bytes: Buffer } {
  const size = body.readUInt32LE(0)
  return { head: JSON.parse(body.toString('utf8', 4, 4 + size)), bytes: body.subarray(4 + size) }
}

export function contentOf(kind: Content['kind'], bytes: Uint8Array): Content {
  switch (kind) {
    case 'empty':
      return { kind }
    case 'json':
      return { kind, value: JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString()) }
    case 'frame':
      return { kind, ...decodeFrame(bytes) }
    case 'bytes':
      return { kind, parts: [bytes] }
    default:
      throw new CloudException(`A message’s body is of no known kind: ${String(kind)}.`, { code: 'decode' })
  }
}

export function sizeOf(parts: readonly Uint8Array[]): number {
  let size = 0
  for (const { byteLength } of parts) size += byteLength
  return size
}
