import type { Captured } from '../../closure/capture.ts'
import { explain } from '../../closure/explain/explain.ts'
import { largestOf } from '../../closure/explain/largest.ts'
import type { Callable } from '../../value/captured.ts'

/**
 * Bytes of a captured function from which on its caller is told: it is sent again whenever a variable changes, and read
 * again for every job. Packages don't count, as they are sent once and loaded once.
 */
export const LARGE_CLOSURE_BYTES = 1024 * 1024

/** Codes of which was told: one function written once may be made, and sent, many times. */
const told = new Set<string>()

/** Warns of a captured function that is larger than its writer may think, once, naming what takes the most. */
export function warnOfLarge(fn: Callable, { bundle, code, name, place }: Captured): void {
  if (bundle.byteLength <= LARGE_CLOSURE_BYTES || told.has(code)) return
  told.add(code)
  const parts = largestOf([explain(fn).root]).map(({ what, bytes }) => `${what} ${sizeText(bytes)}`)
  const at = place === undefined ? '' : ` (${place.url}:${place.line}:${place.column})`
  const message =
    `${name} takes ${sizeText(bundle.byteLength)} with what it captured${at}: ${parts.join(', ')}. ` +
    'Each job reads that anew. Pass what only some jobs need as an argument, or read it in the job.'
  process.emitWarning(message, { type: 'PiCloudWarning', code: 'PICLOUD_LARGE_CLOSURE' })
}

function sizeText(bytes: number): string {
  return bytes < 100_000 ? `${bytes} B` : `${(bytes / 1_000_000).toFixed(2)} MB`
}
