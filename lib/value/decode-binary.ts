import type { Decoding } from './decoding.ts'
import { ALIGNMENT, MAX_RESIZABLE_BYTES } from './limits.ts'
import { viewKinds } from './view-kinds.ts'

/** A stretch of an ArrayBuffer of the sender, and where it is now. */
export interface AttachedRegion {
  readonly start: number
  readonly length: number
  /** In the message. */
  readonly offset: number
  /** Its buffer is a value itself, so that it needs memory of its own. */
  readonly whole: boolean
  /** Not 0 for a resizable buffer. */
  readonly maxBytes: number
  /** Its memory here: the message's own, or a copy, once a view asked for one. */
  memory: ArrayBufferLike | undefined
  /** Where the stretch starts in `memory`. */
  base: number
}

export function readAttachments(decoding: Decoding): void {
  const { bytes } = decoding
  if (bytes.byteLength < 8) decoding.endsEarly()
  const table = Buffer.from(bytes.buffer, bytes.byteOffset, 8).readUIntLE(2, 6)
  if (table < 8 || table > bytes.byteLength) decoding.refuse('the table of its binary data is not there')
  decoding.at = table
  const regions: (AttachedRegion & { outOfBand: boolean })[] = []
  const attachments: AttachedRegion[][] = []
  for (let left = decoding.count(2); left > 0; left--) attachments.push(readRegions(decoding, regions))
  placeOutOfBand(decoding, regions)
  decoding.attachments = attachments
  decoding.at = 8
  decoding.end = table
}

type Placed = AttachedRegion & { outOfBand: boolean }

function readRegions(decoding: Decoding, all: Placed[]): AttachedRegion[] {
  const regions: AttachedRegion[] = []
  const count = decoding.count(3)
  const whole = decoding.byte() === 1
  const maxBytes = decoding.varint()
  if (maxBytes > 0 && (count !== 1 || maxBytes - 1 > MAX_RESIZABLE_BYTES))
    decoding.refuse('it has an odd resizable buffer')
  for (let left = count; left > 0; left--) {
    const start = decoding.varint()
    const length = decoding.varint()
    const outOfBand = decoding.byte() === 1
    const region: Placed = {
      start,
      length,
      offset: decoding.at,
      maxBytes,
      whole,
      memory: undefined,
      base: 0,
      outOfBand,
    }
    if (!outOfBand) {
      if (length > decoding.end - decoding.at) decoding.refuse('its binary data run past its end')
      decoding.at += length
    }
    regions.push(region)
    all.push(region)
  }
  return regions
}

function placeOutOfBand(decoding: Decoding, regions: readonly Placed[]): void {
  let { at } = decoding
  for (const region of regions) {
    if (!region.outOfBand) continue
    at += (region.start - at) & (ALIGNMENT - 1)
    ;(region as { offset: number }).offset = at
    at += region.length
  }
  if (at !== decoding.bytes.byteLength) decoding.refuse('its binary data do not end where it does')
}

export function readBuffer(decoding: Decoding): ArrayBuffer {
  const regions = attachment(decoding)
  const [region] = regions
  if (regions.length !== 1 || region?.start !== 0 || !region.whole)
    decoding.refuse('it has a buffer of which not all was sent')
  if (region.memory === undefined) copyRegion(decoding, region)
  const memory = region.memory as unknown as ArrayBuffer
  decoding.objects.push(memory)
  return memory
}

export function readView(decoding: Decoding): ArrayBufferView {
  const kind = viewKinds[decoding.byte()] ?? decoding.refuse('it has a view of an unknown kind')
  const regions = attachment(decoding)
  const offset = decoding.varint()
  const length = decoding.varint()
  const bytes = length * kind.bytes
  const region = regions.find(({ start, length: size }) => offset >= start && offset + bytes <= start + size)
  if (region === undefined) decoding.refuse('it has a view of binary data that were not sent')
  if (region.memory === undefined) place(decoding, region)
  const view = kind.create(region.memory as unknown as ArrayBuffer, region.base + offset - region.start, length)
  decoding.objects.push(view)
  return view
}

function attachment(decoding: Decoding): readonly AttachedRegion[] {
  const number = decoding.varint()
  return decoding.attachments[number] ?? decoding.refuse(`it refers to binary data ${number}, which are not there`)
}

// In place when large and aligned as its elements need; small ones would keep the whole message alive.
function place(decoding: Decoding, region: AttachedRegion): void {
  const { bytes, options } = decoding
  const outOfBand = (region as Placed).outOfBand
  const shift = (bytes.byteOffset + region.offset - region.start) % ALIGNMENT
  if (!outOfBand || region.whole || shift !== 0 || region.maxBytes > 0 || options.copy === true)
    return copyRegion(decoding, region)
  region.memory = bytes.buffer
  region.base = bytes.byteOffset + region.offset
}

function copyRegion({ bytes }: Decoding, region: AttachedRegion): void {
  const { maxBytes, length, offset, start } = region
  // Elements keep their alignment: the copy starts as many bytes late as the stretch did.
  region.base = start % ALIGNMENT
  const size = region.base + length
  const memory = maxBytes > 0 ? new ArrayBuffer(size, { maxByteLength: maxBytes - 1 }) : new ArrayBuffer(size)
  new Uint8Array(memory).set(bytes.subarray(offset, offset + length), region.base)
  region.memory = memory
}
