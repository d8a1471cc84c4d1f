import { InvalidArgumentError } from 'commander'
import { JidRange } from '../client/jids/jid-range.ts'
import type { Range } from '../protocol/job.ts'

/** Jobs that one list on the command line may name: those of a large map. */
export const MAX_LISTED_JOBS = 10_000_000

/**
 * Jids as people write them: `1-3,7`, both ends included. In the order in which they are written.
 * @throws {InvalidArgumentError} for what is no such list
 */
export function jidList(text: string): JidRange {
  const ranges: Range[] = []
  let total = 0
  for (const part of text.split(',')) {
    const [, first, last = first] = /^\s*([1-9][0-9]{0,15})(?:-([1-9][0-9]{0,15}))?\s*$/.exec(part) ?? []
    if (first === undefined) throw new InvalidArgumentError(`“${part}” is no jid: write jids as 1-3,7.`)
    const count = Number(last) - Number(first) + 1
    if (count < 1) throw new InvalidArgumentError(`“${part}” runs backwards.`)
    if (!Number.isSafeInteger(Number(last))) throw new InvalidArgumentError(`“${part}” is too large for a jid.`)
    total += count
    if (total > MAX_LISTED_JOBS) throw new InvalidArgumentError(`A list names at most ${MAX_LISTED_JOBS} jobs.`)
    ranges.push([Number(first), count])
  }
  return new JidRange(ranges)
}

/** Ranges as they are written: `1-3,7`. */
export function writtenJids({ ranges }: { readonly ranges: readonly Range[] }): string {
  return ranges.map(([first, count]) => (count === 1 ? `${first}` : `${first}-${first + count - 1}`)).join(',')
}
