import type { JobStore, NewSegment, RunPut } from '../../engine/ports/job-store.ts'
import { BLOCK, blockOf, type Segment } from '../../engine/records/segment.ts'
import { inParallel } from '../in-parallel.ts'
import { keyOf, partition, prefix, TELL, told } from '../table-schema.ts'
import { ifVersion, VERSION } from './attributes.ts'
import { createBury } from './bury.ts'
import { pieceItem, piecesOf } from './pieces.ts'
import { createReader } from './read-blocks.ts'
import { partAttributes, piecesAttribute, runAttributes } from './run-item.ts'
import { SeenSegments } from './seen-segments.ts'
import { headerFrom, KILLS, offsetOf, segmentItem } from './segment-item.ts'
import { PARALLEL, type Table } from './table.ts'

type SegmentVerbs = Pick<JobStore, 'lease' | 'leased' | 'insert' | 'read' | 'putRuns' | 'markKilled' | 'bury'>

/** The highest jid that was handed out. */
const LEASED = 'leased'

/** Segments, runs, kill marks and tombstones. */
export function createSegmentRecords(table: Table): SegmentVerbs {
  const seen = new SeenSegments()
  const read = createReader(table, seen)

  /** Arguments that need items of their own go first: whoever finds the segment finds them. */
  async function insertOne({ segment, args }: NewSegment): Promise<Segment | undefined> {
    const block = blockOf(segment.first)
    const at = offsetOf(segment.first)
    const { item, beside } = segmentItem(segment, args)
    if (beside.length > 0)
      await table.write({ puts: beside.map((bytes, piece) => pieceItem(keyOf.arguments(block, at, piece), bytes)) })
    const condition = { expression: 'attribute_not_exists(#pk)', names: { '#pk': 'pk' } }
    const put = await table.put(keyOf.segment(block, at), item, condition)
    if (put.kept) {
      seen.add(segment)
      return undefined
    }
    if (put.old !== undefined) return headerFrom(put.old).segment
    const there = await table.get(keyOf.segment(block, at))
    return there === undefined ? undefined : headerFrom(there).segment
  }

  /** Segments of these blocks that are there, in the order of their jids. */
  async function segmentsIn(blocks: ReadonlySet<number>): Promise<Map<number, readonly Segment[]>> {
    const found = await inParallel([...blocks], PARALLEL, async block => {
      const to = keyOf.segment(block, BLOCK - 1).sk
      const items = await table.query({ pk: partition.block(block), from: prefix.segment, to })
      return [block, items.map(item => headerFrom(item).segment)] as const
    })
    return new Map(found)
  }

  /** Payloads go before the run that tells of them; those of a run that was refused are found by nobody. */
  async function putOne({ run, payloads }: RunPut): Promise<boolean> {
    const block = blockOf(run.first)
    const at = offsetOf(run.first)
    let attributes = runAttributes(run)
    if (payloads !== undefined && payloads.offsets.length > 0) {
      const part = partAttributes(run, payloads)
      attributes = { ...attributes, ...part.attributes }
      if (part.beside !== undefined) {
        const pieces = piecesOf(part.beside, piece => keyOf.payloads(block, at, run.version, piece))
        await table.write({ puts: pieces })
        attributes = { ...attributes, ...piecesAttribute(run.version, pieces.length) }
      }
    }
    const { kept } = await table.update(keyOf.run(block, at), attributes, ifVersion(run.version - 1))
    return kept
  }

  /** A first run needs its segment. Whoever makes one has mostly just read that, and then this asks nobody. */
  async function hasSegment({ first, version }: RunPut['run']): Promise<boolean> {
    if (version > 1 || seen.has(first)) return true
    return (await read({ ranges: [[first, 1]] })).length > 0
  }

  return {
    read,
    bury: createBury(table),
    async lease({ count }) {
      const many = Math.ceil(count / BLOCK) * BLOCK
      return (await table.add(keyOf.counter, LEASED, many)) - many + 1
    },
    async leased() {
      const item = await table.get(keyOf.counter)
      return Number(item?.[LEASED]?.N ?? 0)
    },
    async insert({ segments }) {
      const there = await segmentsIn(new Set(segments.map(({ segment }) => blockOf(segment.first))))
      return await inParallel(segments, PARALLEL, async one => {
        const { first, count } = one.segment
        const known = there.get(blockOf(first)) ?? []
        const other = known.find(each => each.first < first + count && first < each.first + each.count)
        return other ?? (await insertOne(one))
      })
    },
    async putRuns({ puts }) {
      const kept = new Array<boolean>(puts.length).fill(false)
      // Several puts of one run in the order given, as each is on top of the one before.
      const byRun = [...Map.groupBy(puts.keys(), index => puts[index]?.run.first).values()]
      await inParallel(byRun, PARALLEL, async indexes => {
        for (const index of indexes) {
          const put = puts[index] as RunPut
          kept[index] = (await hasSegment(put.run)) && (await putOne(put))
        }
      })
      return kept
    },
    async markKilled({ segment, kills }) {
      const key = keyOf.segment(blockOf(segment), offsetOf(segment))
      for (;;) {
        const item = await table.get(key)
        if (item === undefined) return
        const { kills: known, version } = headerFrom(item)
        const marks = kills.map((kill, index) => Math.max(kill, known?.[index] ?? 0))
        const attributes = {
          [KILLS]: { B: marks },
          [VERSION]: { N: String(version + 1) },
          [TELL]: { S: told.kill },
        }
        if ((await table.update(key, attributes, ifVersion(version))).kept) return
      }
    },
  }
}
