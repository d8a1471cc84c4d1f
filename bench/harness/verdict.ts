import type { Bound, Metrics } from './goal.ts'

export type Standing = 'met' | 'within noise' | 'short'

/** One line of the table: what was measured, what it should be, and whether it is. */
export interface Verdict {
  readonly goal: number
  readonly what: string
  readonly unit: string
  /** The ratio of medians, or the median itself where the bound names no peer. */
  readonly value: number
  readonly ours: number
  readonly theirs: number | undefined
  /** What ours and theirs keep, where that makes a difference. */
  readonly durability: string
  readonly bound: Bound
  readonly standing: Standing
}

/** What PiCloud's contestant is called where a bound does not say otherwise. */
export const OURS = 'cloud.mp'

/** Times in seconds are shown in the bound's unit. */
const scales = { µs: 1e6, ms: 1e3, B: 1, MB: 1e-6 } as const

/** @param durability what a contestant keeps, by its name */
export function judge(
  goal: number,
  bound: Bound,
  figures: ReadonlyMap<string, readonly Metrics[]>,
  durability: Readonly<Record<string, string>> = {},
): Verdict {
  const ours = medianOf(bound.metric, bound.ours ?? OURS, figures)
  const theirs = bound.against === undefined ? undefined : medianOf(bound.metric, bound.against, figures)
  const value = theirs === undefined ? ours * (bound.unit === undefined ? 1 : scales[bound.unit]) : ours / theirs
  const unit = theirs === undefined ? (bound.unit ?? '') : '×'
  const kept = [bound.ours ?? OURS, bound.against ?? ''].flatMap(name => durability[name] ?? [])
  return {
    goal,
    what: bound.what,
    unit,
    value,
    ours,
    theirs,
    durability: kept.join(' / '),
    bound,
    standing: standingOf(value, bound),
  }
}

/** Short is only what the machine's noise cannot explain. */
export function standingOf(value: number, { atLeast = -Infinity, atMost = Infinity, noise }: Bound): Standing {
  if (Number.isNaN(value)) return 'short'
  if (value >= atLeast && value <= atMost) return 'met'
  return value >= atLeast * (1 - noise) && value <= atMost * (1 + noise) ? 'within noise' : 'short'
}

function medianOf(metric: string, name: string, figures: ReadonlyMap<string, readonly Metrics[]>): number {
  return median((figures.get(name) ?? []).map(round => round[metric] ?? Number.NaN))
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}
