import type { Range } from '../../protocol/job.ts'
import type { Jids } from '../api.ts'
import { argumentError, shown } from '../argument-error.ts'
import { isJidRange } from './jid-range.ts'

/** Jids as they were given: what comes back has the same shape. Consecutive ones of a list stand together. */
export type Shape =
  | { readonly kind: 'one'; readonly jid: number }
  | { readonly kind: 'range'; readonly ranges: readonly Range[]; readonly count: number }
  | { readonly kind: 'list'; readonly items: readonly Shape[] }

/** Reads jids in any shape; throws a TypeError that names what is none. */
export function shapeOf(jids: Jids): Shape {
  if (typeof jids === 'number') return { kind: 'one', jid: checkedJid(jids) }
  if (isJidRange(jids)) return { kind: 'range', ranges: jids.ranges, count: jids.count }
  if (typeof jids !== 'object' || jids === null || !(Symbol.iterator in jids)) {
    throw argumentError(`${shown(jids)} is no jid, and no iterable of jids.`)
  }
  return listOf(jids as Iterable<unknown>)
}

function listOf(jids: Iterable<unknown>): Shape {
  const runs: [number, number][] = []
  const items: Shape[] = []
  let flat = true
  for (const item of jids) {
    if (typeof item === 'number' && flat) {
      append(runs, checkedJid(item))
      continue
    }
    if (flat) {
      flat = false
      for (const [first, count] of runs) for (let n = 0; n < count; n++) items.push({ kind: 'one', jid: first + n })
    }
    items.push(shapeOf(item as Jids))
  }
  if (!flat) return { kind: 'list', items }
  let count = 0
  for (const run of runs) count += run[1]
  return { kind: 'range', ranges: runs, count }
}

function append(runs: [number, number][], jid: number): void {
  const last = runs.at(-1)
  if (last !== undefined && last[0] + last[1] === jid) last[1]++
  else runs.push([jid, 1])
}

/** All ranges of a shape, in its order. */
export function rangesOf(shape: Shape): readonly Range[] {
  if (shape.kind === 'one') return [[shape.jid, 1]]
  if (shape.kind === 'range') return shape.ranges
  return shape.items.flatMap(rangesOf)
}

export function countOf(ranges: readonly Range[]): number {
  let count = 0
  for (const range of ranges) count += range[1]
  return count
}

/** In pieces of at most so many ranges and so many jobs: what one request may carry. */
export function* portions(ranges: readonly Range[], maxRanges: number, maxJobs: number): Generator<Range[]> {
  let portion: Range[] = []
  let jobs = 0
  for (const range of ranges) {
    let [first, count] = range
    while (count > 0) {
      const taken = Math.min(count, maxJobs - jobs)
      portion.push([first, taken])
      first += taken
      count -= taken
      jobs += taken
      if (jobs < maxJobs && portion.length < maxRanges) continue
      yield portion
      portion = []
      jobs = 0
    }
  }
  if (portion.length > 0) yield portion
}

/** Throws a TypeError on a number that is no jid. */
export function checkedJid(jid: number): number {
  if (Number.isSafeInteger(jid) && jid > 0) return jid
  throw argumentError(`${jid} is no jid: jids are positive integers.`)
}
