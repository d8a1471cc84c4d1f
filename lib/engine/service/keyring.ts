import { MAX_ACTIVE_KEYS, MAX_KEYS } from '../../protocol/limits.ts'
import { type Scope, scopes } from '../../protocol/scope.ts'
import { invalid } from '../records/refuse.ts'

/** A key as it is kept. */
export interface KeyRecord {
  readonly id: number
  /** SHA-256 of its secret, in hex: there is nothing to guess in 256 random bits, so that a fast hash does. */
  readonly hash: string
  readonly scopes: readonly Scope[]
  readonly active: boolean
  /** Epoch milliseconds. */
  readonly created: number
  readonly note: string
}

export interface Admin {
  readonly username: string
  readonly salt: string
  readonly hash: string
}

/**
 * All keys and the admin user, in one record: the limit on active keys holds whoever makes them at once, and a guess at a key
 * costs no read. Ids are given out once: that of a key that was deleted names no other.
 */
export interface Keyring {
  /** The id of the next key. */
  readonly next: number
  readonly keys: readonly KeyRecord[]
  readonly admin?: Admin
}

export const emptyKeyring: Keyring = { next: 1, keys: [] }

/** Where a caller doesn't say: all that jobs need. */
const usualScopes: readonly Scope[] = ['submit', 'read']

/** The scopes of a first key. */
export const allScopes = scopes

/** The ring with one more key, its last. Refuses `conflict` beyond the limits. */
export function withKey(
  ring: Keyring,
  made: Pick<KeyRecord, 'hash' | 'created'> & { readonly note?: string; readonly scopes?: readonly Scope[] },
): Keyring {
  refuseMoreActive(ring)
  if (ring.keys.length >= MAX_KEYS) {
    throw invalid(`There are ${MAX_KEYS} keys already.`, 'Delete some that are switched off.', 'conflict')
  }
  const { hash, created, note = '', scopes = usualScopes } = made
  const key: KeyRecord = { id: ring.next, hash, created, note, scopes, active: true }
  return { ...ring, next: ring.next + 1, keys: [...ring.keys, key] }
}

/** The ring with this key otherwise. Refuses `not-found`, and `conflict` beyond the limit on active ones. */
export function withChange(
  ring: Keyring,
  id: number,
  { active, note }: { readonly active?: boolean | undefined; readonly note?: string | undefined },
): Keyring {
  const key = keyIn(ring, id)
  if (active === true && !key.active) refuseMoreActive(ring)
  const next = { ...key, ...(active !== undefined && { active }), ...(note !== undefined && { note }) }
  return { ...ring, keys: ring.keys.map(one => (one.id === id ? next : one)) }
}

/** The ring without this key. Refuses `not-found`. */
export function withoutKey(ring: Keyring, id: number): Keyring {
  keyIn(ring, id)
  return { ...ring, keys: ring.keys.filter(one => one.id !== id) }
}

export function keyIn(ring: Keyring, id: number): KeyRecord {
  const key = ring.keys.find(one => one.id === id)
  if (key !== undefined) return key
  throw invalid(`There is no key ${id}.`, 'cloud.account.apiKeys() lists those that there are.', 'not-found')
}

function refuseMoreActive({ keys }: Keyring): void {
  if (keys.filter(one => one.active).length < MAX_ACTIVE_KEYS) return
  throw invalid(`There are ${MAX_ACTIVE_KEYS} active keys already.`, 'Deactivate or delete one first.', 'conflict')
}
