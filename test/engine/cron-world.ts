import { createEngine } from '../../lib/engine/engine.ts'
import type { Firing } from '../../lib/engine/ports/cron-alarms.ts'
import type { Ports } from '../../lib/engine/ports/ports.ts'
import { recordsOf } from '../../lib/engine/ports/records.ts'
import type { Settings } from '../../lib/engine/ports/settings.ts'
import type { CronRecord } from '../../lib/engine/records/cron-record.ts'
import { createRegistry } from '../../lib/memory/registry.ts'
import type { CronRequest } from '../../lib/protocol/cron.ts'
import { harness, reference } from './harness.ts'

export const at = (text: string): number => Date.parse(`2026-11-22T${text}Z`)

export const request: Omit<CronRequest, 'label'> = {
  function: reference,
  schedule: '* * * * *',
  options: {},
  args: 'AQ==',
}

/** Engines over one registry and one store, on a clock of the test's. Jobs are taken in, and not run. */
export async function world({ now = at('12:00:30'), ...settings }: Partial<Settings> & { now?: number } = {}) {
  const { ports: base, engine: other } = await harness(undefined, { start: false })
  const moment = { now }
  const changes: string[] = []
  const errors: unknown[] = []
  const listeners: ((firing: Firing) => Promise<void>)[] = []
  const ports: Ports = {
    ...base,
    clock: { ...base.clock, now: () => moment.now },
    registry: createRegistry(),
    alarms: {
      changing: async ({ label }) => void changes.push(`changing ${label}`),
      changed: async ({ label }) => void changes.push(`changed ${label}`),
      listen: listener => void listeners.push(listener),
    },
  }
  const make = (with_: Partial<Ports> = {}) =>
    createEngine({ ...ports, ...with_ }, { ...settings, onError: error => errors.push(error) })
  const records = recordsOf<CronRecord>(ports.registry as never, 'cron')
  const jobs = async (): Promise<string[]> => (await other.list({})).jobs.map(({ label, first }) => `${label} ${first}`)
  return { engine: make(), make, ports, moment, changes, errors, listeners, records, jobs }
}
