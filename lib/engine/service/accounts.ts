import type { AdminRequest, ChangeKeyRequest, CreatedKey, CreateKeyRequest, KeyFacts } from '../../protocol/account.ts'
import type { Principal } from '../../protocol/job.ts'
import type { Ports } from '../ports/ports.ts'
import { type Records, recordsOf } from '../ports/records.ts'
import type { Secrets } from '../ports/secrets.ts'
import {
  allScopes,
  emptyKeyring,
  type KeyRecord,
  type Keyring,
  keyIn,
  withChange,
  withKey,
  withoutKey,
} from './keyring.ts'
import { ofService } from './of-service.ts'
import { type Asker, createSignIn } from './sign-in.ts'

/** Milliseconds between two notes of when a key was used. */
export const USE_MS = 600_000
const RING = 'all'

/** What a service that starts for the first time tells its owner: this once. */
export interface Beginning {
  readonly username: string
  readonly password: string
  readonly key: number
  readonly secret: string
}

/** Keys and the admin user. Methods refuse with a `CloudException`; where there is no keyring, with `unsupported`. */
export interface Accounts {
  /** Who asks, by the `Authorization` header; undefined: nobody we know. Refuses `rate-limited` who failed too often. */
  principalOf(asker: Asker): Promise<Principal | undefined>
  /** All keys, in the order in which they were made. */
  keys(): Promise<readonly KeyFacts[]>
  /** A new key, active at once. Its secret is told here and nowhere else. Refuses `conflict` beyond 50 active ones. */
  createKey(request: CreateKeyRequest): Promise<CreatedKey>
  /** Switches a key on or off, changes its note. Refuses `not-found`, and `conflict` beyond 50 active ones. */
  changeKey(id: number, change: ChangeKeyRequest): Promise<KeyFacts>
  /** Refuses `not-found`. */
  deleteKey(id: number): Promise<void>
  /** Makes the admin user, or makes another of it. */
  setAdmin(request: AdminRequest): Promise<void>
  /**
   * Makes the admin user and the first key, which has all scopes, where there is neither.
   * @param params the admin user's name: default `admin`
   * @returns undefined where something is there already
   */
  begin(params?: { username?: string }): Promise<Beginning | undefined>
}

export function createAccounts(ports: Pick<Ports, 'keyring' | 'secrets' | 'digest' | 'clock'>): Accounts {
  const { clock } = ports
  const encoder = new TextEncoder()
  const digest = (text: string): string => ports.digest(encoder.encode(text))
  const noted = new Map<number, number>()
  let read: { readonly ring: Promise<Keyring>; readonly at: number } | undefined

  function parts(): { readonly rings: Records<Keyring>; readonly uses: Records<number>; readonly secrets: Secrets } {
    const registry = ofService(ports.keyring, 'accounts and keys')
    const secrets = ofService(ports.secrets, 'accounts and keys')
    return { rings: recordsOf(registry, 'keys'), uses: recordsOf(registry, 'key-use'), secrets }
  }

  function ring(age: number): Promise<Keyring> {
    const now = clock.now()
    if (read !== undefined && now - read.at < age) return read.ring
    const reading = { ring: readRing(), at: now }
    read = reading
    // A read that failed is nobody's answer but its own askers'.
    reading.ring.catch(() => {
      if (read === reading) read = undefined
    })
    return reading.ring
  }

  async function readRing(): Promise<Keyring> {
    const { rings, secrets } = parts()
    const stored = await rings.get(RING)
    if (stored !== undefined) return stored.value
    return secrets.first === undefined ? emptyKeyring : await changed(known => known)
  }

  /** Where there is no record yet, the key that was made before the service is the first in it. */
  async function changed(next: (ring: Keyring) => Keyring): Promise<Keyring> {
    const { rings, secrets } = parts()
    const begun = (await rings.get(RING)) !== undefined || secrets.first === undefined
    const secret = begun ? undefined : await secrets.first?.()
    const ring = await rings.change(RING, known => next(known ?? firstRing(secret)))
    const at = clock.now()
    read = { ring: Promise.resolve(ring ?? emptyKeyring), at }
    return ring ?? emptyKeyring
  }

  function firstRing(secret: string | undefined): Keyring {
    if (secret === undefined) return emptyKeyring
    const made = { hash: digest(secret), created: clock.now(), note: 'The first key', scopes: allScopes }
    return withKey(emptyKeyring, made)
  }

  /** Not with each request: a note of when it was used is a write. */
  async function used(id: number): Promise<void> {
    const now = clock.now()
    if (now - (noted.get(id) ?? 0) < USE_MS) return
    noted.set(id, now)
    try {
      await parts().uses.change(String(id), (at = 0) => (now - at < USE_MS ? undefined : now))
    } catch {
      // The key is right all the same; the next request notes it.
      noted.delete(id)
    }
  }

  async function withUse(key: KeyRecord): Promise<KeyFacts> {
    return factsOf(key, (await parts().uses.get(String(key.id)))?.value)
  }

  let signIn: ReturnType<typeof createSignIn> | undefined
  return {
    principalOf(asker) {
      signIn ??= createSignIn({ secrets: parts().secrets, digest, now: clock.now, ring, used })
      return signIn(asker)
    },
    async keys() {
      const { keys } = await ring(0)
      const uses = new Map<string, number>()
      for await (const { name, value } of parts().uses.each()) uses.set(name, value)
      return keys.map(key => factsOf(key, uses.get(String(key.id))))
    },
    async createKey({ note, scopes }) {
      const secret = parts().secrets.make()
      const made = { hash: digest(secret), created: clock.now(), ...(note && { note }), ...(scopes && { scopes }) }
      const { keys } = await changed(known => withKey(known, made))
      const key = keys.find(one => one.hash === made.hash) as KeyRecord
      return { ...factsOf(key, undefined), secret }
    },
    async changeKey(id, change) {
      return await withUse(keyIn(await changed(known => withChange(known, id, change)), id))
    },
    async deleteKey(id) {
      await changed(known => withoutKey(known, id))
      await parts().uses.delete(String(id))
    },
    async setAdmin({ username, password }) {
      const { secrets } = parts()
      const salt = secrets.make()
      const hash = await secrets.hashPassword({ password, salt })
      await changed(known => ({ ...known, admin: { username, salt, hash } }))
    },
    async begin({ username = 'admin' } = {}) {
      const { rings, secrets } = parts()
      if ((await rings.get(RING)) !== undefined) return undefined
      const [password, salt, secret] = [secrets.make(), secrets.make(), secrets.make()]
      const made = { hash: digest(secret), created: clock.now(), note: 'The first key', scopes: allScopes }
      const admin = { username, salt, hash: await secrets.hashPassword({ password, salt }) }
      const first = { ...withKey(emptyKeyring, made), admin }
      if ((await rings.put(RING, first)) === undefined) return undefined
      read = undefined
      return { username, password, key: 1, secret }
    },
  }
}

function factsOf({ id, active, created, note, scopes }: KeyRecord, used: number | undefined): KeyFacts {
  return { key: id, active, created, note, scopes: [...scopes], used: used ?? null }
}
