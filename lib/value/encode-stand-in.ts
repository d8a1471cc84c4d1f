import type { Encoding } from './encoding.ts'
import * as tag from './tags.ts'

/** Writes the stand-in of what the receiver has; false for what it has not. */
export function encodeHeld(encoding: Encoding, thing: unknown): boolean {
  const standIn = encoding.options.held?.(thing)
  if (standIn === undefined) return false
  writeStandIn(encoding, standIn)
  return true
}

export function writeStandIn(encoding: Encoding, standIn: unknown): void {
  encoding.byte(tag.FOREIGN)
  encoding.standIns++
  encoding.value(standIn, 0)
  encoding.standIns--
}
