import { createHash } from 'node:crypto'
import type { Registry } from '../../../lib/engine/ports/registry.ts'
import type { Secrets } from '../../../lib/engine/ports/secrets.ts'
import { createAccounts } from '../../../lib/engine/service/accounts.ts'
import { secrets } from '../../../lib/http/watch/secrets.ts'
import { createRegistry } from '../../../lib/memory/registry.ts'

const basic = (name: string | number, secret: string): string =>
  `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`

/** The accounts of processes of one service: they share the records, and nothing else. */
export function service({ processes = 1, first }: { processes?: number; first?: string } = {}) {
  const time = { now: 1_000_000 }
  const count = { reads: 0, puts: 0, compared: 0, digests: 0, passwords: 0, firsts: 0 }
  const kept = createRegistry()
  const keyring: Registry = {
    ...kept,
    get(params) {
      if (params.kind === 'keys') count.reads++
      return kept.get(params)
    },
    put(params) {
      count.puts++
      return kept.put(params)
    },
  }
  const counting: Secrets = {
    ...secrets,
    isSame(one, other) {
      count.compared++
      return secrets.isSame(one, other)
    },
    async hashPassword({ password, salt }) {
      count.passwords++
      return createHash('sha256').update(`${salt}:${password}`).digest('hex')
    },
    ...(first !== undefined && {
      async first() {
        count.firsts++
        return first
      },
    }),
  }
  const all = Array.from({ length: processes }, () =>
    createAccounts({
      keyring,
      secrets: counting,
      digest(bytes) {
        count.digests++
        return createHash('sha256').update(bytes).digest('hex')
      },
      clock: { now: () => time.now, random: Math.random },
    }),
  )
  const [one, two] = all
  const ask = (name: string | number, secret: string, { from = 'here', by = one } = {}) =>
    by!.principalOf({ authorization: basic(name, secret), from })
  return { one: one!, two: two!, time, count, ask, kept }
}
