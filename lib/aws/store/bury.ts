import type { JobStore, Tomb } from '../../engine/ports/job-store.ts'
import { blockOf, type Part, type StoredRun } from '../../engine/records/segment.ts'
import { pack, unpack } from '../../protocol/packed.ts'
import { inParallel } from '../in-parallel.ts'
import { type Key, keyOf, TELL } from '../table-schema.ts'
import { ifVersion, VERSION } from './attributes.ts'
import { piecesOf } from './pieces.ts'
import { type FoundRun, foundRun, payloadsOf } from './read-blocks.ts'
import { encodePart, piecesAttribute } from './run-item.ts'
import { type Header, headerFrom, offsetOf, TOMBS, withoutArgs } from './segment-item.ts'
import { PARALLEL, type Table } from './table.ts'

/** First the tombstones, then what is behind them: whoever comes between reads of deleted jobs that they are. */
export function createBury(table: Table): JobStore['bury'] {
  async function putTombs({ segment, statuses }: Tomb): Promise<Header | undefined> {
    const key = keyOf.segment(blockOf(segment), offsetOf(segment))
    for (;;) {
      const item = await table.get(key)
      if (item === undefined) return undefined
      const header = headerFrom(item)
      const tombs = new Uint8Array(header.segment.count)
      for (let at = 0; at < tombs.length; at++) tombs[at] = header.tombs?.[at] || (statuses[at] ?? 0)
      const isWhole = tombs.every(status => status !== 0)
      const attributes = {
        [TOMBS]: { B: tombs },
        [VERSION]: { N: String(header.version + 1) },
        [TELL]: undefined,
        ...(isWhole && withoutArgs),
      }
      if ((await table.update(key, attributes, ifVersion(header.version))).kept) return { ...header, tombs }
    }
  }

  async function buryOne(tomb: Tomb): Promise<void> {
    const header = await putTombs(tomb)
    if (header === undefined) return
    const { segment, tombs = new Uint8Array(), argsStarts } = header
    const { first, count } = segment
    const block = blockOf(first)
    const [from, to] = [keyOf.run(block, offsetOf(first)), keyOf.run(block, offsetOf(first + count - 1))]
    const items = await table.query({ pk: from.pk, from: from.sk, to: to.sk })
    for (const found of items.map(foundRun)) {
      const at = found.run.first - first
      const buried = tombs.subarray(at, at + found.run.count)
      if (buried.every(status => status !== 0)) await deleteRun(found)
      else if (buried.some(status => status !== 0)) await thinOut(found, offset => buried[offset] === 0)
    }
    if (!tombs.every(status => status !== 0)) return
    const deletes = Array.from(argsStarts, (_, piece) => keyOf.arguments(block, offsetOf(first), piece))
    await table.write({ deletes })
  }

  async function deleteRun(found: FoundRun): Promise<void> {
    const block = blockOf(found.run.first)
    const at = offsetOf(found.run.first)
    await table.write({ deletes: [keyOf.run(block, at), ...besides(found)] })
  }

  /** The payloads of those that stay, as one part; the run itself may have a holder, whose version is not touched. */
  async function thinOut(found: FoundRun, isKept: (offset: number) => boolean): Promise<void> {
    const { run, places } = found
    const block = blockOf(run.first)
    const at = offsetOf(run.first)
    const [stored] = await payloadsOf(table, [found])
    const rest = restOf(stored as StoredRun, isKept)
    // Under the version of the last part: an older name that a holder never writes to again.
    const version = places.at(-1)?.version
    if (version === undefined) return
    const pieces =
      rest.offsets.length === 0 ? [] : piecesOf(encodePart(rest), piece => keyOf.payloads(block, at, version, piece))
    await table.write({ puts: pieces })
    const taken = Object.fromEntries(places.map(({ name }) => [name, undefined]))
    const told = pieces.length === 0 ? {} : piecesAttribute(version, pieces.length)
    await table.update(
      keyOf.run(block, at),
      { ...taken, ...told },
      { expression: 'attribute_exists(#pk)', names: { '#pk': 'pk' } },
    )
    const kept = new Set(pieces.map(item => item['sk']?.S))
    await table.write({ deletes: besides(found).filter(({ sk }) => !kept.has(sk)) })
  }

  return async ({ tombs }) => {
    await inParallel(tombs, PARALLEL, buryOne)
  }
}

/** Items beside a run that hold payloads of it. */
function besides({ run, places }: FoundRun): Key[] {
  const block = blockOf(run.first)
  const at = offsetOf(run.first)
  return places.flatMap(({ version, pieces }) =>
    Array.from({ length: pieces }, (_, piece) => keyOf.payloads(block, at, version, piece)),
  )
}

function restOf({ payloads }: StoredRun, isKept: (offset: number) => boolean): Part {
  const offsets: number[] = []
  const items: Uint8Array[] = []
  for (const part of payloads) {
    for (const [index, offset] of part.offsets.entries()) {
      if (!isKept(offset)) continue
      offsets.push(offset)
      items.push(unpack(part.packed, index))
    }
  }
  return { offsets: Uint8Array.from(offsets), packed: pack(items) }
}
