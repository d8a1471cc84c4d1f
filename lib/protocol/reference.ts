import { CloudException } from './errors.ts'
import type { Range } from './job.ts'

/** The plain data that stands in an encoded argument for the result of other jobs; the worker puts the value in its place. */
export interface Reference {
  readonly ranges: readonly Range[]
  /** True: an array of the results, in the order of the ranges. False: the one job's own result. */
  readonly many: boolean
}

/** Throws `decode` on anything that is not a reference. */
export function referenceOf(data: unknown): Reference {
  if (typeof data === 'object' && data !== null) {
    const { ranges, many } = data as Partial<Record<keyof Reference, unknown>>
    if (typeof many === 'boolean' && Array.isArray(ranges) && (many || ranges.length === 1) && ranges.every(isRange)) {
      return { ranges, many }
    }
  }
  throw new CloudException('A reference to a result can’t be read: it needs ranges of jids.', { code: 'decode' })
}

function isRange(value: unknown): value is Range {
  if (!Array.isArray(value) || value.length !== 2) return false
  const [first, count] = value as unknown[]
  return Number.isSafeInteger(first) && Number.isSafeInteger(count) && (first as number) > 0 && (count as number) > 0
}
