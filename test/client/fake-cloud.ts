import { createClient } from '../../lib/client/client.ts'
import type { Cloud } from '../../lib/client/cloud-api.ts'
import { createApp } from '../../lib/http/app.ts'
import type { Fetch } from '../../lib/protocol/message.ts'
import type { FakeEngine } from './fake-engine.ts'

/** A client over the real HTTP app and a fake engine; `through` stands between them. */
export function fakeCloud(engine: FakeEngine, through: (fetch: Fetch) => Fetch = fetch => fetch): Cloud {
  const app = createApp(engine, { principalOf: () => ({ kind: 'owner' }) })
  const connection = {
    url: 'http://fake.test',
    fetch: through(app.fetch as Fetch),
    info: { type: 'http', url: 'http://fake.test' },
  } as const
  return createClient({ connect: () => connection, info: () => connection.info }).cloud
}

/** The same requests as over a network: as real web Requests and Responses, bytes and all. */
export function overBytes(engine: FakeEngine): Cloud {
  const app = createApp(engine, { principalOf: () => ({ kind: 'owner' }) })
  return fakeCloud(engine, () => request => app.fetch(request.toRequest()))
}
