import {
  type Attachment,
  type Attachments,
  type PooledStretch,
  type Region,
  regionsOf,
  stretchesOf,
} from './attachments.ts'
import type { Base } from './base.ts'
import * as own from './captured.ts'
import { namedKeys } from './elements.ts'
import { CONTENTS, type Encoded, type Encoding } from './encoding.ts'
import { ALIGNMENT, OUT_OF_BAND_BYTES } from './limits.ts'
import * as tag from './tags.ts'
import { Refusal } from './value-error.ts'
import { viewKinds } from './view-kinds.ts'
import { BODY, ROOM } from './writer.ts'

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
  encoding.byte(tag.VIEW)
  encoding.byte(kind)
  const region = { start: offset, end: offset + bytes }
  writePlace(encoding, kind, buffer as ArrayBuffer, region)
  encoding.varint(length)
}

function writePlace(encoding: Encoding, kind: number, buffer: ArrayBuffer, region: Region): void {
  const { attachments } = encoding
  if (attachments.isPool(buffer)) {
    attachments.pooled.push({ buffer, region, at: encoding.room() })
    encoding.room()
    return
  }
  const number = attachments.numberOf(buffer)
  const attachment = attachments.list[number] as Attachment
  attachment.regions.push(region)
  if (viewKinds[kind]?.name !== 'Buffer') attachment.sliced = false
  encoding.varint(number)
  encoding.varint(region.start)
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
export function writeAttachments(encoding: Encoding, attachments: Attachments): Encoded {
  const { list, pooled } = attachments
  const stretches = stretchesOf(pooled.filter(({ buffer }) => attachments.ofWhole(buffer) === undefined))
  for (const { buffer, region, at } of pooled) {
    const number = attachments.ofWhole(buffer)
    if (number !== undefined) fillPlace(encoding, at, number, region.start)
  }
  const table = encoding.at - START
  const parts: Uint8Array[] = []
  encoding.varint(list.length + stretches.length)
  for (const attachment of list) {
    const { buffer, whole } = attachment
    const regions = regionsOf(attachment, own.arrayBuffer.bytes(buffer))
    encoding.varint(regions.length)
    encoding.byte(whole ? 1 : 0)
    encoding.varint(own.arrayBuffer.resizable(buffer) ? own.arrayBuffer.maxBytes(buffer) + 1 : 0)
    for (const region of regions) writeRegion(encoding, buffer, region, region.start, parts)
  }
  for (const [index, stretch] of stretches.entries()) writeStretch(encoding, stretch, list.length + index, parts)
  return assembled(encoding, table, parts)
}

/** Starts as many bytes late as its elements need to stay aligned. */
function writeStretch(
  encoding: Encoding,
  { buffer, region, views }: PooledStretch,
  number: number,
  parts: Uint8Array[],
): void {
  const start = region.start % ALIGNMENT
  for (const view of views) fillPlace(encoding, view.at, number, view.region.start - region.start + start)
  encoding.varint(1)
  encoding.byte(0)
  encoding.varint(0)
  writeRegion(encoding, buffer, region, start, parts)
}

function fillPlace(encoding: Encoding, at: number, number: number, offset: number): void {
  encoding.fill(at, number)
  encoding.fill(at + ROOM, offset)
}

function writeRegion(
  encoding: Encoding,
  buffer: ArrayBuffer,
  { start, end }: Region,
  told: number,
  parts: Uint8Array[],
): void {
  const bytes = new Uint8Array(buffer, start, end - start)
  const isApart = bytes.byteLength >= OUT_OF_BAND_BYTES
  encoding.varint(told)
  encoding.varint(bytes.byteLength)
  encoding.byte(isApart ? 1 : 0)
  if (isApart) parts.push(bytes)
  else encoding.raw(bytes)
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
