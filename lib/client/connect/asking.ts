import type { Transport, TransportOptions } from './transport.ts'

/** What of a session those parts of a client need that only ask its service: types that need none of Node's own. */
export interface Asking {
  readonly transport: Transport
  readonly connection: Pick<TransportOptions, 'fetch' | 'url'>
}
