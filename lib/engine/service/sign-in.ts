import { CloudException } from '../../protocol/errors.ts'
import type { Principal } from '../../protocol/job.ts'
import type { Secrets } from '../ports/secrets.ts'
import { type Credentials, credentialsFrom } from './credentials.ts'
import { ADDRESS_LIMIT, FailedSignIns, KEY_LIMIT } from './failed-sign-ins.ts'
import type { Admin, KeyRecord, Keyring } from './keyring.ts'

/** Milliseconds for which the keyring that was read is believed: so long a key that was switched off elsewhere may still work. */
export const KEYRING_CACHE_MS = 50_000
/** Milliseconds for which the keyring is believed by those who have to wait: whoever guesses costs one read in that time. */
export const LIMITED_CACHE_MS = 1_000
/** Milliseconds for which a password that proved right is not hashed anew. */
const PROVEN_MS = 60_000

/** Headers of keys that are remembered as right: as many as may be active. */
const MAX_RIGHT = 50

type Key = Principal & { readonly kind: 'key' }

/** Whose request it is, as far as it says itself. */
export interface Asker {
  /** The `Authorization` header. */
  readonly authorization: string | null
  /** Who counts as one caller where failures are counted: the address that the request came from. */
  readonly from: string
}

export interface SignInParts {
  readonly secrets: Secrets
  readonly digest: (text: string) => string
  readonly now: () => number
  /** The keyring, read at most so many milliseconds ago. */
  ring(age: number): Promise<Keyring>
  /** Told of each use of a key. */
  used(id: number): Promise<void>
}

/**
 * Tells who asks; undefined when that is nobody we know, whatever the reason: no such key, a wrong secret and a key that was
 * switched off look the same, and take the same steps. Refuses `rate-limited` a caller that failed too often, and a key's id that
 * was named with wrong secrets too often, from wherever; the right secret passes all the same, as nobody guesses one.
 */
export function createSignIn({ secrets, digest, now, ring, used }: SignInParts) {
  const failed = new FailedSignIns<string>(ADDRESS_LIMIT)
  const failedKeys = new FailedSignIns<number>(KEY_LIMIT)
  /** Headers that proved right, by the keyring that was asked: with the next one nothing is proven. */
  const right = { ring: undefined as Keyring | undefined, principals: new Map<string, Key>() }
  let proven = { digest: '', until: 0 }

  function refuseTooMany(wait: number): void {
    if (wait === 0) return
    throw new CloudException('Too many requests came with a wrong key or password, from there or with that key’s id.', {
      code: 'rate-limited',
      retryAfter: Math.ceil(wait / 1_000),
    })
  }

  /** Who sent the same header a moment ago need not be hashed anew. */
  async function again(authorization: string | null): Promise<Key | undefined> {
    const known = authorization === null ? undefined : right.principals.get(authorization)
    if (known === undefined || right.ring !== (await ring(KEYRING_CACHE_MS))) return undefined
    await used(known.key)
    return known
  }

  function remember(header: string, principal: Key, by: Keyring): void {
    if (right.ring !== by || right.principals.size === MAX_RIGHT) {
      right.ring = by
      right.principals.clear()
    }
    right.principals.set(header, principal)
  }

  async function byKey({ id, secret }: Credentials & { kind: 'key' }, { authorization, from }: Asker) {
    const hash = digest(secret)
    let asked = await ring(KEYRING_CACHE_MS)
    let key = proved(asked, id, hash)
    if (key === undefined) {
      const at = now()
      const wait = Math.max(failed.waitOf(from, at), failedKeys.waitOf(id, at))
      // Counted before it is known, so that many at once are no way around.
      if (wait === 0) count(from, id, at)
      // It may have been made, or switched on, a moment ago and elsewhere: looked up whatever is wrong, so that time tells nothing.
      asked = await ring(wait === 0 ? 0 : LIMITED_CACHE_MS)
      key = proved(asked, id, hash)
      if (key === undefined) {
        refuseTooMany(wait)
        return undefined
      }
      if (wait === 0) takeBack(from, id)
    }
    const principal: Key = { kind: 'key', key: id, scopes: key.scopes }
    remember(authorization ?? '', principal, asked)
    await used(id)
    return principal
  }

  function count(from: string, id: number, at: number): void {
    failed.add(from, at)
    failedKeys.add(id, at)
  }

  function takeBack(from: string, id: number): void {
    failed.takeBack(from)
    failedKeys.takeBack(id)
  }

  /** The key of that id, if it is active and of this hash. Compares whether or not there is such a key. */
  function proved({ keys }: Keyring, id: number, hash: string): KeyRecord | undefined {
    const key = keys.find(one => one.id === id)
    const isSame = secrets.isSame(key?.hash ?? '', hash)
    return isSame && key?.active === true ? key : undefined
  }

  async function byPassword(
    { username, secret }: Credentials & { kind: 'user' },
    from: string,
  ): Promise<Principal | undefined> {
    const proof = (admin: Admin | undefined): string => digest(`${admin?.salt}:${admin?.hash}:${username}:${secret}`)
    const { admin } = await ring(KEYRING_CACHE_MS)
    if (proven.until > now() && secrets.isSame(proven.digest, proof(admin))) return { kind: 'admin' }
    refuseTooMany(failed.waitOf(from, now()))
    // Counted before it is known, so that many at once are no way around.
    failed.add(from, now())
    const first = await isRight(admin, username, secret)
    const current = first ? admin : (await ring(0)).admin
    const changed = current?.salt !== admin?.salt
    if (!first && !(changed && (await isRight(current, username, secret)))) return undefined
    failed.takeBack(from)
    proven = { digest: proof(current), until: now() + PROVEN_MS }
    return { kind: 'admin' }
  }

  /** Hashes whether or not there is such a user, so that the time tells nothing. */
  async function isRight(admin: Admin | undefined, username: string, password: string): Promise<boolean> {
    const hash = await secrets.hashPassword({ password, salt: admin?.salt ?? 'nobody' })
    const isUser = secrets.isSame(admin?.username ?? '', username)
    return secrets.isSame(admin?.hash ?? '', hash) && isUser
  }

  return async (asker: Asker): Promise<Principal | undefined> => {
    const known = await again(asker.authorization)
    if (known !== undefined) return known
    const given = credentialsFrom(asker.authorization)
    if (given === undefined) return undefined
    return given.kind === 'key' ? await byKey(given, asker) : await byPassword(given, asker.from)
  }
}
