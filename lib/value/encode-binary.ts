import { type Attachment, type Attachments, regionsOf } from './attachments.ts'
import type { Base } from './base.ts'
import * as own from './captured.ts'
import { namedKeys } from './elements.ts'
import { CONTENTS, type Encoded, type Encoding } from './encoding.ts'
import { ALIGNMENT, OUT_OF_BAND_BYTES } from './limits.ts'
import * as tag from './tags.ts'
import { Refusal } from './value-error.ts'
import { viewKinds } from './view-kinds.ts'
import { BODY } from './writer.ts'

const bufferPrototype: object = Buffer.prototype
/** Where a message with attachments starts in the scratch buffer: its prologue takes 8 bytes. */
const START = BODY - 8

export function bufferBase(buffer: object): Base {
  if (own.isSharedArrayBuffer(buffer)) refuseShared(buffer)
  return {
    prototype: ArrayBuffer.prototype,
    write(encoding, _object, _depth, part) {
      if (part === CONTENTS) return
      const { attachments } = encoding
      const number = attachments.numberOf(buffer as ArrayBuffer)
      ;(attachments.list[number] as Attachment).whole = true
      checkAttached(buffer, buffer as ArrayBuffer)
      encoding.tagged(tag.BUFFER, number)
    },
  }
}

export const dataViewBase: Base = {
  prototype: DataView.prototype,
  write(encoding, object, _depth, part) {
    if (part === CONTENTS) return
    const bytes = own.dataView.bytes(object)
    writeView(encoding, object, 0, own.dataView.buffer(object), own.dataView.offset(object), bytes, bytes)
  },
}

export function typedArrayBase(view: object): Base {
  const prototype = own.getPrototypeOf(view) as object | null
  const name = prototype === bufferPrototype ? 'Buffer' : own.view.kind(view)
  const kind = viewKinds.findIndex(each => each.name === name)
  if (kind < 0) throw new Refusal(view, `a ${name} can’t be sent`, 'Send its numbers as another kind of array.')
  return {
    prototype: (viewKinds[kind] as (typeof viewKinds)[number]).prototype,
    keys: namedKeys,
    write(encoding, object, _depth, part) {
      if (part === CONTENTS) return
      const buffer = own.view.buffer(object)
      writeView(
        encoding,
        object,
        kind,
        buffer,
        own.view.offset(object),
        own.view.length(object),
        own.view.bytes(object),
      )
    },
  }
}

function writeView(
  encoding: Encoding,
  view: object,
  kind: number,
  buffer: ArrayBufferLike,
  offset: number,
  length: number,
  bytes: number,
): void {
  if (own.isSharedArrayBuffer(buffer)) refuseShared(view)
  if (followsLength(view, buffer as ArrayBuffer, offset + bytes)) {
    throw new Refusal(
      view,
      'a view that follows the length of its buffer can’t be sent',
      'Give it a length of its own.',
    )
  }
  checkAttached(view, buffer as ArrayBuffer)
  const { attachments } = encoding
  const number = attachments.numberOf(buffer as ArrayBuffer)
  const attachment = attachments.list[number] as Attachment
  attachment.regions.push({ start: offset, end: offset + bytes })
  if (kind !== 1) attachment.pooled = false
  encoding.byte(tag.VIEW)
  encoding.byte(kind)
  encoding.varint(number)
  encoding.varint(offset)
  encoding.varint(length)
}

/** Whether a view of a resizable buffer grows with it. Nothing tells but to resize it: a copy, as the buffer is the user's. */
function followsLength(view: object, buffer: ArrayBuffer, end: number): boolean {
  if (!own.arrayBuffer.resizable(buffer) || end !== own.arrayBuffer.bytes(buffer)) return false
  const copy = own.clone(view) as ArrayBufferView<ArrayBuffer>
  const before = copy.byteLength
  try {
    copy.buffer.resize(Math.max(0, end - 1))
    if (copy.byteLength > 0 || copy.byteOffset > 0) return true
  } catch {
    // A DataView of a length of its own says so.
    return false
  }
  copy.buffer.resize(copy.buffer.maxByteLength)
  return copy.byteLength > before
}

function refuseShared(culprit: object): never {
  throw new Refusal(
    culprit,
    'shared memory can’t be sent, as the machine that runs the job can’t share it',
    'Send a copy: new Uint8Array(shared).slice().',
  )
}

function checkAttached(culprit: object, buffer: ArrayBuffer): void {
  if (own.arrayBuffer.detached(buffer))
    throw new Refusal(
      culprit,
      'its memory was transferred away, so there is nothing to send',
      'Copy what you need of it before it is transferred.',
    )
}

/**
 * Ends a message that has attachments. The table: varint attachments; of each varint regions, byte 1 when the buffer is
 * a value itself, varint max bytes + 1 (0 = not resizable); of each region varints start, length, and a byte: 1 = out of
 * band, 0 = its bytes follow here. What is out of band stands at the first place that is aligned as it was.
 */
export function writeAttachments(encoding: Encoding, { list }: Attachments): Encoded {
  const table = encoding.at - START
  const parts: Uint8Array[] = []
  encoding.varint(list.length)
  for (const attachment of list) {
    const { buffer } = attachment
    const regions = regionsOf(attachment, own.arrayBuffer.bytes(buffer))
    encoding.varint(regions.length)
    encoding.byte(attachment.whole ? 1 : 0)
    encoding.varint(own.arrayBuffer.resizable(buffer) ? own.arrayBuffer.maxBytes(buffer) + 1 : 0)
    for (const { start, end } of regions) {
      const bytes = new Uint8Array(buffer, start, end - start)
      encoding.varint(start)
      encoding.varint(bytes.byteLength)
      if (bytes.byteLength >= OUT_OF_BAND_BYTES) parts.push(bytes)
      encoding.byte(bytes.byteLength >= OUT_OF_BAND_BYTES ? 1 : 0)
      if (bytes.byteLength < OUT_OF_BAND_BYTES) encoding.raw(bytes)
    }
  }
  return assembled(encoding, table, parts)
}

const padding = new Uint8Array(ALIGNMENT)

function assembled(encoding: Encoding, table: number, outOfBand: readonly Uint8Array[]): Encoded {
  const { bytes } = encoding
  bytes[START] = 1
  bytes[START + 1] = tag.ATTACHED
  bytes.writeUIntLE(table, START + 2, 6)
  const head = encoding.take(START)
  const parts = [head]
  let size = head.byteLength
  for (const part of outOfBand) {
    const gap = (part.byteOffset - size) & (ALIGNMENT - 1)
    if (gap > 0) parts.push(padding.subarray(0, gap))
    parts.push(part)
    size += gap + part.byteLength
  }
  if (size > encoding.maxBytes) encoding.tooLarge()
  return { parts, size }
}
