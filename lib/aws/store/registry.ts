import { randomBytes } from 'node:crypto'
import { boundsOf, checkName, encodeRecord, type Registry, type Stored } from '../../engine/ports/registry.ts'
import { keyOf, partition, SORT_KEY } from '../table-schema.ts'
import { jsonOf, textOf } from './attributes.ts'
import type { Condition } from './condition.ts'
import { type Item, Table, type TableOptions } from './table.ts'

const VALUE = 'j'
const RECORD_VERSION = 'rv'
/** Bytes of a version: no two of one record are the same. */
const VERSION_BYTES = 12

/** Records as items of one partition a kind: a listing is one query. For what is few: a partition takes 1,000 writes a second. */
export function createRegistry(options: TableOptions): Registry {
  const table = new Table(options)
  return {
    async get({ kind, name }) {
      checkName(name)
      const item = await table.get(keyOf.record(kind, name))
      return item && storedFrom(item)
    },
    async put({ kind, name, value, version }) {
      checkName(name)
      const next = randomBytes(VERSION_BYTES).toString('base64url')
      const attributes = { [VALUE]: { S: encodeRecord({ kind, name, value }) }, [RECORD_VERSION]: { S: next } }
      const { kept } = await table.put(keyOf.record(kind, name), attributes, isStill(version))
      return kept ? next : undefined
    },
    async delete({ kind, name, version }) {
      checkName(name)
      return await table.delete(keyOf.record(kind, name), version === undefined ? isThere : isStill(version))
    },
    async list({ kind, prefix = '', after = '', limit }) {
      const { from, to } = boundsOf({ prefix, after })
      const items = await table.query({ pk: partition.records(kind), from, to, limit: limit + 1 })
      return items
        .map(storedFrom)
        .filter(({ name }) => name !== after)
        .slice(0, limit)
    },
  }
}

const isThere: Condition = { expression: 'attribute_exists(#rv)', names: { '#rv': RECORD_VERSION } }

function isStill(version: string | undefined): Condition {
  if (version === undefined) return { expression: 'attribute_not_exists(#rv)', names: { '#rv': RECORD_VERSION } }
  return { expression: '#rv = :rv', names: { '#rv': RECORD_VERSION }, values: { ':rv': { S: version } } }
}

function storedFrom(item: Item): Stored {
  return { name: textOf(item, SORT_KEY), value: jsonOf(item, VALUE), version: textOf(item, RECORD_VERSION) }
}
