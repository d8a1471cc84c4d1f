import type { CreatedKey, KeyFacts } from '../../protocol/account.ts'
import { CloudException } from '../../protocol/errors.ts'
import { paths } from '../../protocol/paths.ts'
import type { Scope } from '../../protocol/scope.ts'
import { argumentError, shown } from '../argument-error.ts'
import type { Asking } from '../connect/asking.ts'
import { Transport } from '../connect/transport.ts'

/** A key of the service; its secret is told only when it is made. */
export interface ApiKey {
  /** Its id: what `setkey` takes. */
  readonly apiKey: number
  readonly active: boolean
  readonly created: Date
  /** At most 200 characters. */
  readonly note: string
  /** What it may do: `submit` jobs, `read` them and their results, `admin`: make keys. */
  readonly scopes: readonly Scope[]
  /** To some ten minutes; undefined: not yet. */
  readonly lastUsed: Date | undefined
}

export interface CreatedApiKey extends ApiKey {
  /** Seen this once: nobody can tell it again. */
  readonly apiSecretkey: string
}

/** The keys of a service. As the admin user that `setuser` named, else with the client's own key, which needs the scope `admin`. */
export interface Account {
  /** Does what follows as this user of the service; sends nothing yet. */
  setuser(username: string, password: string): void
  /** Makes this the admin user, or gives it another name and password; goes on as that. */
  changeUser(username: string, password: string): Promise<void>
  /** All keys, in the order in which they were made. */
  apiKeys(): Promise<ApiKey[]>
  /**
   * Makes a key, active at once.
   * @param options `scopes`: default `submit` and `read`
   * @throws {CloudException} `conflict`: 50 keys are active already
   */
  createApiKey(options?: { note?: string; scopes?: readonly Scope[] }): Promise<CreatedApiKey>
  /** @throws {CloudException} `conflict`: 50 keys are active already; `not-found` */
  activateApiKey(key: number | string): Promise<void>
  /** It stops within a minute, wherever it is used. */
  deactivateApiKey(key: number | string): Promise<void>
  updateApiKeyNote(key: number | string, note: string): Promise<void>
  /** For good: its number is never given again. */
  deleteApiKey(key: number | string): Promise<void>
}

/** @param session the client's, opened on the first ask */
export function createAccount(session: () => Asking): Account {
  let authorization: string | undefined

  function signedIn(username: string, password: string): string {
    for (const [name, text] of Object.entries({ username, password })) {
      if (typeof text !== 'string' || text === '') throw argumentError(`The ${name} is text, and not empty.`)
    }
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  }

  async function ask<A>(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    value?: unknown,
  ): Promise<A> {
    const headers = authorization === undefined ? undefined : { authorization }
    // Once: a key that was made twice would be one that nobody has.
    const transport = new Transport({ ...session().connection, headers, tries: 1 })
    try {
      return await transport.json<A>(method, path, value)
    } catch (error) {
      throw authorization === undefined ? withUserHint(error) : error
    }
  }

  const change = async (key: number | string, body: unknown): Promise<void> => {
    await ask('PATCH', pathOf(key), body)
  }

  return {
    setuser(username, password) {
      authorization = signedIn(username, password)
    },
    async changeUser(username, password) {
      const next = signedIn(username, password)
      await ask('PUT', paths.admin, { username, password })
      authorization = next
    },
    async apiKeys() {
      const { keys } = await ask<{ keys: readonly KeyFacts[] }>('GET', paths.keys)
      return keys.map(readable)
    },
    async createApiKey(options = {}) {
      if (typeof options !== 'object' || options === null)
        throw argumentError(`createApiKey takes { note, scopes }, not ${shown(options)}.`)
      const { secret, ...facts } = await ask<CreatedKey>('POST', paths.keys, options)
      return { ...readable(facts), apiSecretkey: secret }
    },
    activateApiKey: key => change(key, { active: true }),
    deactivateApiKey: key => change(key, { active: false }),
    updateApiKeyNote: (key, note) => change(key, { note }),
    deleteApiKey: async key => void (await ask('DELETE', pathOf(key))),
  }
}

function readable({ key, created, used, ...facts }: KeyFacts): ApiKey {
  return { apiKey: key, ...facts, created: new Date(created), lastUsed: used === null ? undefined : new Date(used) }
}

function pathOf(key: number | string): string {
  if (/^[1-9][0-9]{0,8}$/.test(String(key))) return paths.key.replace(':key', String(key))
  throw argumentError(`The key is ${shown(key)}: it takes its id.`)
}

const wanting: ReadonlySet<string> = new Set(['forbidden', 'unauthorized', 'not-configured'])

function withUserHint(error: unknown): unknown {
  if (!CloudException.isCloudException(error) || !wanting.has(error.code)) return error
  return new CloudException(`Nobody said yet who asks for keys. ${error.message}`, {
    code: error.code,
    hint: 'Call cloud.account.setuser(username, password) first, or use a key with the scope admin.',
    cause: error,
  })
}
