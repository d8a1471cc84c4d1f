import { type Crons, createCrons } from '../../lib/engine/service/crons.ts'
import type { Service } from '../../lib/http/route.ts'
import { systemClock } from '../../lib/memory/clock.ts'
import { createRegistry } from '../../lib/memory/registry.ts'

/** The engine's own crons over a fake engine's jobs; no clock has them fired. */
export function fakeCrons(
  engine: Pick<Service, 'lease' | 'submit'> & { readonly bundles: ReadonlyMap<string, unknown> },
): Crons {
  const ports = {
    clock: systemClock,
    registry: createRegistry(),
    store: { lease: async (params: { count: number }) => (await engine.lease(params)).first },
    alarms: { changing: async () => undefined, changed: async () => undefined },
  }
  const settings = { cronGrace: 60_000, onError: () => undefined }
  return createCrons(ports, settings, {
    bundles: { lacking: async needed => needed.map(one => one.bundle).filter(hash => !engine.bundles.has(hash)) },
    submit: (header, sections, principal) => engine.submit(header, sections, principal),
  })
}
