import type { JobStore } from '../../engine/ports/job-store.ts'
import { blockOf } from '../../engine/records/segment.ts'
import type { SubmissionRow } from '../../engine/records/submission.ts'
import { inParallel } from '../in-parallel.ts'
import { keyOf, numberKey, partition, SHARDS, timeKey } from '../table-schema.ts'
import { bytesOf, ifVersion, jsonOf, VERSION } from './attributes.ts'
import { type Item, keyItem, PARALLEL, type Table } from './table.ts'

type SubmissionVerbs = Pick<
  JobStore,
  'getSubmissions' | 'putSubmissions' | 'listSubmissions' | 'putChildren' | 'children'
>

const ROW = 'j'
/** Ids of an index entry: eight bytes each. */
const IDS = 'i'
/** Ids of one index entry: it stays below 64 KB, as the rest of the request may hold it up. */
const ENTRY_IDS = 5_000
/** Above all sort keys that begin with what stands before it. */
const END = '~'

interface Entry {
  readonly created: number
  readonly ids: readonly number[]
}

/** Rows of submissions, their listings by time and by label, and which job made which. */
export function createSubmissionRecords(table: Table): SubmissionVerbs {
  async function getSubmissions({ ids }: { readonly ids: readonly number[] }) {
    if (ids.length === 0) return []
    const items = await table.getMany(ids.map(keyOf.submission))
    return items.map(item => item && rowFrom(item))
  }

  async function putOne(row: SubmissionRow): Promise<boolean> {
    const attributes = { [ROW]: { S: JSON.stringify(row) }, [VERSION]: { N: String(row.version) } }
    return (await table.put(keyOf.submission(row.id), attributes, ifVersion(row.version - 1))).kept
  }

  /** Entries of one listing, newest first: as many as hold `limit` rows, or all. */
  async function entries(pkOf: (shard: number) => string, from: string, to: string, limit: number): Promise<Entry[]> {
    const shards = Array.from({ length: SHARDS }, (_, shard) => pkOf(shard))
    const found = await Promise.all(shards.map(pk => table.query({ pk, from, to, limit, descending: true })))
    return found
      .flat()
      .map(entryFrom)
      .sort((one, other) => other.created - one.created)
  }

  return {
    getSubmissions,
    async putSubmissions({ rows }) {
      // Entries go before their rows: one without a row, or with another moment than its row's, is passed over.
      await table.write({ puts: entryItems(rows.filter(({ version }) => version === 1)) })
      return await inParallel(rows, PARALLEL, putOne)
    },
    async listSubmissions({ label, since = 0, before, limit }) {
      const pkOf = label === undefined ? partition.byTime : (shard: number) => partition.byLabel(shard, label)
      const found: SubmissionRow[] = []
      // An entry may hold nothing that counts: then the page goes on behind it.
      let to = before === undefined ? END : `${numberKey(before.created)}${END}`
      for (;;) {
        const some = await entries(pkOf, timeKey(since, 0), to, limit)
        const page = whole(some, limit)
        const ids = page.flatMap(entry => entry.ids.map(id => ({ id, created: entry.created })))
        const wanted = ids.filter(place => before === undefined || isBefore(place, before))
        const rows = await getSubmissions({ ids: wanted.map(({ id }) => id) })
        for (const [index, row] of rows.entries())
          if (row !== undefined && row.created === wanted[index]?.created) found.push(row)
        const last = page.at(-1)
        const isAll = some.reduce((sum, entry) => sum + entry.ids.length, 0) < limit
        if (found.length >= limit || last === undefined || isAll) break
        to = numberKey(last.created)
      }
      return found.sort((one, other) => other.created - one.created || other.id - one.id).slice(0, limit)
    },
    async putChildren({ children }) {
      const keys = children.map(({ parent, submission }) => keyOf.child(blockOf(parent), parent, submission))
      await table.write({ puts: [...new Map(keys.map(key => [key.pk + key.sk, key])).values()].map(keyItem) })
    },
    async children({ ranges }) {
      const blocks = new Set<number>()
      for (const [first, count] of ranges) {
        for (let block = blockOf(first); block <= blockOf(first + count - 1); block++) blocks.add(block)
      }
      const found = await inParallel([...blocks], PARALLEL, block =>
        table.query({ pk: partition.children(block), from: numberKey(0), to: END }),
      )
      return found.flat().flatMap(item => {
        const [parent = 0, submission = 0] = (item['sk']?.S ?? '').split('#').map(Number)
        return ranges.some(([first, count]) => first <= parent && parent < first + count) ? [submission] : []
      })
    },
  }
}

/** One entry a moment and label, for all submissions of a request. */
function entryItems(rows: readonly SubmissionRow[]): Item[] {
  const groups = new Map<string, { key: (id: number) => { pk: string; sk: string }; ids: number[] }>()
  const add = (name: string, key: (id: number) => { pk: string; sk: string }, id: number): void => {
    const known = groups.get(name)
    if (known === undefined) groups.set(name, { key, ids: [id] })
    else known.ids.push(id)
  }
  for (const { id, created, label } of rows) {
    add(`${created}`, first => keyOf.byTime(created, first), id)
    if (label !== undefined) add(`${created} ${label}`, first => keyOf.byLabel(label, created, first), id)
  }
  const items: Item[] = []
  for (const { key, ids } of groups.values()) {
    for (let from = 0; from < ids.length; from += ENTRY_IDS) {
      const some = ids.slice(from, from + ENTRY_IDS)
      const bytes = new Uint8Array(Float64Array.from(some).buffer)
      items.push({ ...keyItem(key(some[0] as number)), [IDS]: { B: bytes } })
    }
  }
  return items
}

function entryFrom(item: Item): Entry {
  const bytes = bytesOf(item, IDS) ?? new Uint8Array()
  const created = Number(item['sk']?.S?.split('#')[0])
  return { created, ids: [...new Float64Array(bytes.slice().buffer)] }
}

/** The entries that hold the first `limit` ids, and all others of the last one's moment. */
function whole(entries: readonly Entry[], limit: number): readonly Entry[] {
  let ids = 0
  for (const [index, entry] of entries.entries()) {
    if (ids >= limit && entry.created !== entries[index - 1]?.created) return entries.slice(0, index)
    ids += entry.ids.length
  }
  return entries
}

function rowFrom(item: Item): SubmissionRow {
  return { label: undefined, parent: undefined, ...jsonOf<Omit<SubmissionRow, 'label' | 'parent'>>(item, ROW) }
}

function isBefore(
  row: Pick<SubmissionRow, 'created' | 'id'>,
  before: { readonly created: number; readonly id: number },
) {
  return row.created < before.created || (row.created === before.created && row.id < before.id)
}
