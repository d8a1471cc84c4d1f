import type { JobStore } from '../../engine/ports/job-store.ts'
import type { Run } from '../../engine/records/run.ts'
import { blockOf, type Part, type StoredRun, type StoredSegment } from '../../engine/records/segment.ts'
import type { Range } from '../../protocol/job.ts'
import type { Packed } from '../../protocol/packed.ts'
import { inParallel } from '../in-parallel.ts'
import { type Key, keyOf, partition, prefix } from '../table-schema.ts'
import { joinArguments, piecesWith } from './argument-pieces.ts'
import { joinPieces, pieceFrom } from './pieces.ts'
import { decodePart, type PartPlace, partsOf, runFrom } from './run-item.ts'
import type { SeenSegments } from './seen-segments.ts'
import { type Header, headerFrom, jidFrom, offsetOf } from './segment-item.ts'
import { type Item, PARALLEL, type Table } from './table.ts'

/** Above all sort keys that begin with what stands before it. */
const END = '~'

export interface FoundRun {
  readonly run: Run
  readonly places: readonly PartPlace[]
}

/** What was read of a block: all of it, or what holds one job. */
interface Found {
  readonly headers: Header[]
  readonly runs: FoundRun[]
}

/**
 * Reads segments and their runs block by block: one query each, as segments and runs are neighbours there. Of a block from which
 * only one job is asked for, just its segment and its run, as many others may lie beside them.
 */
export function createReader(table: Table, seen: SeenSegments): JobStore['read'] {
  async function readBlock(block: number, only: number | undefined): Promise<Found> {
    const pk = partition.block(block)
    if (only === undefined) {
      const items = await table.query({ pk, from: prefix.segment, to: `${prefix.run}${END}` })
      const isRun = (item: Item): boolean => item['sk']?.S?.startsWith(prefix.run) === true
      return {
        headers: items.filter(item => !isRun(item)).map(headerFrom),
        runs: items.filter(isRun).map(foundRun),
      }
    }
    const at = offsetOf(only)
    const lastUpTo = (from: string, to: string) => table.query({ pk, from, to, limit: 1, descending: true })
    const [headers, runs] = await Promise.all([
      lastUpTo(prefix.segment, keyOf.segment(block, at).sk),
      lastUpTo(prefix.run, keyOf.run(block, at).sk),
    ])
    return { headers: headers.map(headerFrom), runs: runs.map(foundRun) }
  }

  /** Arguments of the jobs in the range; those of the others are left out where they lie elsewhere. */
  async function withArgs({ args, argsStarts, segment }: Header, range: Range): Promise<Packed | undefined> {
    if (args !== undefined || argsStarts.length === 0) return args
    const { first, count } = segment
    const to = Math.min(range[0] + range[1] - first, count) - 1
    const [low, high] = piecesWith(argsStarts, Math.max(0, range[0] - first), to)
    const [from, last] = [low, high].map(piece => keyOf.arguments(blockOf(first), offsetOf(first), piece)) as [Key, Key]
    const items = await table.query({ pk: from.pk, from: from.sk, to: last.sk })
    if (items.length <= high - low) return undefined
    return joinArguments(count, { starts: argsStarts.subarray(low), pieces: items.map(pieceFrom) })
  }

  return async ({ ranges, args = false, payloads = false }) => {
    const wanted = blocksOf(ranges)
    const found = new Map<number, Found>()
    await inParallel([...wanted], PARALLEL, async ([block, only]) => {
      found.set(block, await readBlock(block, only))
    })
    const stored: StoredSegment[] = []
    for (const range of ranges) {
      for (let block = blockOf(range[0]); block <= blockOf(range[0] + range[1] - 1); block++) {
        const { headers, runs } = found.get(block) as Found
        for (const header of headers) {
          if (!overlaps(range, header.segment)) continue
          seen.add(header.segment)
          const mine = runs.filter(
            ({ run }) => overlaps(range, run) && overlaps([run.first, run.count], header.segment),
          )
          stored.push(await storedFrom(header, mine, range))
        }
      }
    }
    return stored

    async function storedFrom(header: Header, runs: readonly FoundRun[], range: Range): Promise<StoredSegment> {
      const { segment, kills, tombs } = header
      return {
        segment,
        kills,
        tombs,
        args: args ? await withArgs(header, range) : undefined,
        runs: payloads ? await payloadsOf(table, runs) : runs.map(({ run }) => ({ run, payloads: [] })),
      }
    }
  }
}

/** These runs, of one block, with the payloads of their jobs. */
export async function payloadsOf(table: Table, runs: readonly FoundRun[]): Promise<readonly StoredRun[]> {
  const beside = runs.filter(({ places }) => places.some(({ part }) => part === undefined))
  const pieces = new Map<string, Item[]>()
  const [first, last] = [beside[0], beside.at(-1)]
  if (first !== undefined && last !== undefined) {
    const block = blockOf(first.run.first)
    const from = keyOf.payloads(block, offsetOf(first.run.first), 0, 0)
    const to = keyOf.payloads(block, offsetOf(last.run.first), Number.MAX_SAFE_INTEGER, 99)
    for (const item of await table.query({ pk: from.pk, from: from.sk, to: to.sk })) {
      const name = nameOf(jidFrom(item), Number(item['sk']?.S?.split('#')[2]))
      const known = pieces.get(name)
      if (known === undefined) pieces.set(name, [item])
      else known.push(item)
    }
  }
  return runs.map(({ run, places }) => {
    const parts = places.flatMap(({ part, version, pieces: count }): Part[] => {
      if (part !== undefined) return [part]
      const items = pieces.get(nameOf(run.first, version)) ?? []
      return items.length < count ? [] : [decodePart(joinPieces(items.slice(0, count)))]
    })
    return { run, payloads: parts }
  })
}

function nameOf(first: number, version: number): string {
  return `${first}/${version}`
}

export function foundRun(item: Item): FoundRun {
  return { run: runFrom(item), places: partsOf(item) }
}

/** Each block once, and the one job that is asked for in it, where it is only one. */
function blocksOf(ranges: readonly Range[]): Map<number, number | undefined> {
  const blocks = new Map<number, number | undefined>()
  for (const [first, count] of ranges) {
    const only = count === 1 ? first : undefined
    for (let block = blockOf(first); block <= blockOf(first + count - 1); block++) {
      blocks.set(block, blocks.has(block) && blocks.get(block) !== only ? undefined : only)
    }
  }
  return blocks
}

function overlaps([first, count]: Range, other: { readonly first: number; readonly count: number }): boolean {
  return first < other.first + other.count && other.first < first + count
}
