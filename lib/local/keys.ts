import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Records, recordsOf } from '../engine/records.ts'
import type { Registry } from '../engine/registry.ts'
import type { Principal } from '../protocol/job.ts'

/** Bytes of a secret. */
const SECRET_BYTES = 32
/** Characters of an `Authorization` header above which it is none of ours. */
const MAX_HEADER_CHARS = 512

interface KeyRecord {
  /** SHA-256 of the secret, in hex. */
  readonly hash: string
  readonly created: number
}

export interface Key {
  readonly id: number
  readonly secret: string
}

export interface Keys {
  /** The first key, where there is none yet: this is the only time that its secret is seen. */
  first(): Promise<Key | undefined>
  /** Whose key this `Authorization` header carries; undefined when it is none, or wrong. */
  principalOf(authorization: string | null): Promise<Principal | undefined>
}

/** Keys over HTTP Basic: an integer id and a secret, of which only the hash is kept. */
export function createKeys(registry: Registry, now: () => number): Keys {
  const records: Records<KeyRecord> = recordsOf(registry, 'keys')
  return {
    async first() {
      const secret = randomBytes(SECRET_BYTES).toString('base64url')
      const version = await records.put('1', { hash: sha256(secret).toString('hex'), created: now() })
      return version === undefined ? undefined : { id: 1, secret }
    },
    async principalOf(authorization) {
      const given = parse(authorization)
      if (given === undefined) return undefined
      const stored = await records.get(String(given.id))
      if (stored === undefined) return undefined
      const hash = Buffer.from(stored.value.hash, 'hex')
      return timingSafeEqual(sha256(given.secret), hash) ? { kind: 'owner' } : undefined
    },
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function parse(authorization: string | null): Key | undefined {
  if (authorization === null || authorization.length > MAX_HEADER_CHARS) return undefined
  const encoded = /^basic +([A-Za-z0-9+/=]+)$/i.exec(authorization)?.[1]
  if (encoded === undefined) return undefined
  const parts = /^([1-9][0-9]{0,8}):(.+)$/s.exec(Buffer.from(encoded, 'base64').toString())
  return parts === null ? undefined : { id: Number(parts[1]), secret: parts[2] as string }
}
