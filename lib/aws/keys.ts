import { createHash, timingSafeEqual } from 'node:crypto'
import type { Principal } from '../protocol/job.ts'
import { bytesOf } from './attributes.ts'
import type { Table } from './table.ts'
import { keyRecord } from './table-schema.ts'

/** Milliseconds for which a key's record is believed: so long a revoked one may still work. */
const CACHE_MS = 60_000
/** Records remembered: there are at most 50 active keys, the rest are guesses. */
const CACHE_RECORDS = 1_000
/** Characters of an `Authorization` header above which it is none of ours. */
const MAX_HEADER_CHARS = 512

const HASH = 'hash'
const REVOKED = 'revoked'

export interface KeysOptions {
  readonly table: Table
  readonly now: () => number
  /** The key that the stack made: known from its secret until it has a record. */
  readonly first: { readonly id: number; readonly secret: () => Promise<string> }
}

export interface Keys {
  /** Whose key this `Authorization` header carries; undefined when it is none, or wrong. */
  principalOf(authorization: string | null): Promise<Principal | undefined>
}

interface Known {
  readonly hash: Uint8Array | undefined
  readonly until: number
}

/** Keys over HTTP Basic: an integer id and a secret, of which only the hash is kept. */
export function createKeys({ table, now, first }: KeysOptions): Keys {
  const cache = new Map<number, Known>()

  async function hashOf(id: number): Promise<Uint8Array | undefined> {
    const known = cache.get(id)
    if (known !== undefined && known.until > now()) return known.hash
    const hash = await readHash(id)
    if (cache.size >= CACHE_RECORDS) cache.clear()
    cache.set(id, { hash, until: now() + CACHE_MS })
    return hash
  }

  async function readHash(id: number): Promise<Uint8Array | undefined> {
    const record = await table.get(keyRecord(id))
    if (record !== undefined) return record[REVOKED] === undefined ? bytesOf(record, HASH) : undefined
    if (id !== first.id) return undefined
    const hash = sha256(await first.secret())
    const condition = { expression: 'attribute_not_exists(#pk)', names: { '#pk': 'pk' } }
    await table.put(keyRecord(id), { [HASH]: { B: hash }, created: { N: String(now()) } }, condition)
    return hash
  }

  return {
    async principalOf(authorization) {
      const given = parse(authorization)
      if (given === undefined) return undefined
      const hash = await hashOf(given.id)
      if (hash === undefined) return undefined
      return timingSafeEqual(sha256(given.secret), hash) ? { kind: 'owner' } : undefined
    },
  }
}

function sha256(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}

function parse(authorization: string | null): { readonly id: number; readonly secret: string } | undefined {
  if (authorization === null || authorization.length > MAX_HEADER_CHARS) return undefined
  const encoded = /^basic +([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1]
  if (encoded === undefined) return undefined
  const parts = /^([1-9][0-9]{0,8}):(.+)$/s.exec(Buffer.from(encoded, 'base64').toString())
  return parts === null ? undefined : { id: Number(parts[1]), secret: parts[2] as string }
}
