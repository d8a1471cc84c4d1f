import { createHash } from 'node:crypto'
import type { Engine } from '../../lib/engine/engine.ts'
import { awaitResult } from '../../lib/engine/query/await-result.ts'
import { createAccounts } from '../../lib/engine/service/accounts.ts'
import { createEnvironments } from '../../lib/engine/service/environments.ts'
import { createFiles } from '../../lib/engine/service/files.ts'
import { createPublished } from '../../lib/engine/service/published.ts'
import { createBundles } from '../../lib/engine/submit/bundles.ts'
import { secrets } from '../../lib/http/watch/secrets.ts'
import { createBlobs } from '../../lib/memory/blobs.ts'
import { systemClock } from '../../lib/memory/clock.ts'
import { createRegistry } from '../../lib/memory/registry.ts'
import { createTimers } from '../../lib/memory/timers.ts'

/** Parts of the engine that no fake stands for, over memory. */

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** But for the time that a password takes. */
export function realAccounts() {
  return createAccounts({
    keyring: createRegistry(),
    secrets: { ...secrets, hashPassword: async ({ password, salt }) => digest(Buffer.from(`${salt}:${password}`)) },
    clock: systemClock,
    digest,
  })
}

export function realPublished() {
  const parts = { bundles: { missing: async () => [] }, calls: { call: async () => 1 } }
  return createPublished({ registry: createRegistry(), clock: systemClock }, parts)
}

export function realFiles() {
  return createFiles({ registry: createRegistry(), files: createBlobs(), clock: systemClock, digest })
}

export function realEnvironments() {
  const platform = { os: 'linux', cpu: 'arm64', libc: 'glibc' } as const
  const bundles = createBundles({ blobs: createBlobs(), digest })
  return createEnvironments({ registry: createRegistry(), clock: systemClock, digest }, { bundles, platform })
}

export function realAwaitResult(wait: Engine['wait']): Engine['awaitResult'] {
  const ports = { clock: systemClock, timers: createTimers(systemClock), blobs: createBlobs() }
  return (jid, ms, signal) => awaitResult(ports, wait, jid, ms, signal)
}
