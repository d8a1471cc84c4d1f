import { BLOCK, blockOf, type Segment } from '../../engine/records/segment.ts'
import type { Packed } from '../../protocol/packed.ts'
import { cutArguments } from './argument-pieces.ts'
import { bytesOf, decodePacked, encodePacked, jsonOf, numberOf, VERSION } from './attributes.ts'
import type { Item } from './table.ts'

/** Bytes of arguments that lie in the segment's item: with the rest of it, one unit of a strongly consistent read. */
const INLINE_ARGS_BYTES = 3_000

const SEGMENT = 'j'
const ARGS = 'g'
/** Of arguments that lie beside it: the offset of each piece's first job. */
const ARGS_STARTS = 'gs'
export const KILLS = 'kl'
export const TOMBS = 'tb'

/** A segment as its item has it. */
export interface Header {
  readonly segment: Segment
  readonly args: Packed | undefined
  /** Of each piece of arguments beside it the offset of its first job; empty where there is none. */
  readonly argsStarts: Uint8Array
  readonly kills: Uint8Array | undefined
  readonly tombs: Uint8Array | undefined
  /** Of the marks: 0 = none yet. */
  readonly version: number
}

/** The attributes of a new segment, and the pieces of its arguments where they need items of their own. */
export function segmentItem(
  { first: _, ...rest }: Segment,
  args: Packed,
): { readonly item: Item; readonly beside: readonly Uint8Array[] } {
  const packed = encodePacked(args)
  const json = { [SEGMENT]: { S: JSON.stringify(rest) } }
  if (packed.byteLength <= INLINE_ARGS_BYTES) return { item: { ...json, [ARGS]: { B: packed } }, beside: [] }
  const { starts, pieces } = cutArguments(args)
  return { item: { ...json, [ARGS_STARTS]: { B: starts } }, beside: pieces }
}

/** What a fully deleted segment has no more. */
export const withoutArgs = { [ARGS]: undefined, [ARGS_STARTS]: undefined }

export function headerFrom(item: Item): Header {
  const args = bytesOf(item, ARGS)
  const segment: Segment = {
    parent: undefined,
    ...jsonOf<Omit<Segment, 'first' | 'parent'>>(item, SEGMENT),
    first: jidFrom(item),
  }
  return {
    segment,
    args: args && decodePacked(args),
    argsStarts: bytesOf(item, ARGS_STARTS) ?? new Uint8Array(),
    kills: bytesOf(item, KILLS),
    tombs: bytesOf(item, TOMBS),
    version: numberOf(item, VERSION),
  }
}

/** Offset in its block. */
export function offsetOf(jid: number): number {
  return jid - 1 - blockOf(jid) * BLOCK
}

/** From an item of a block: `b#<block>` and `<kind>#<offset>…`. */
export function jidFrom({ pk, sk }: Item): number {
  return Number(pk?.S?.slice(2)) * BLOCK + Number(sk?.S?.slice(2, 4)) + 1
}
