import type { Fetch } from '../../protocol/message.ts'
import { paths } from '../../protocol/paths.ts'
import type { LeaseAnswer } from '../../protocol/routes.ts'
import type { ConnectionInfo } from '../cloud-api.ts'
import { localSetting } from '../config/settings.ts'
import { Finals } from '../result/finals.ts'
import { Waiter } from '../result/waiter.ts'
import { AbortKills } from '../submit/abort-kills.ts'
import type { Prepared } from '../submit/functions.ts'
import { Leases } from '../submit/leases.ts'
import { ArgumentEncoder } from '../submit/payloads.ts'
import { SentNames } from '../submit/sent-names.ts'
import { Submitter } from '../submit/submitter.ts'
import { Transport } from './transport.ts'

/** A service, as a client reaches it. */
export interface Connection {
  readonly fetch: Fetch
  /** Its address; in one process any. */
  readonly url: string
  readonly info: ConnectionInfo
  /** Whether all that the caller sends is shown to the encoder in full, as the simulator does. */
  readonly simulated?: boolean
  /** Keeps a large payload before it returns, and names its blob. Undefined where that can't be done now: it is uploaded. */
  stage?(parts: readonly Uint8Array[]): string | undefined
  close?(): Promise<void> | void
  /** Who uses it now, where that changes: the job that runs in a worker process. What one waited for is not the next one's. */
  user?(): unknown
}

/** What a client keeps while it is connected to one service: leased jids, known bundles, final results, waits. */
export class Session {
  readonly connection: Connection
  readonly transport: Transport
  readonly leases: Leases
  readonly submitter: Submitter
  readonly finals = new Finals(localSetting('resultCache'))
  readonly waiter: Waiter
  readonly abortKills: AbortKills
  readonly sent = new SentNames()
  readonly #encoders = new WeakMap<Prepared, ArgumentEncoder>()

  constructor(connection: Connection) {
    this.connection = connection
    this.transport = new Transport(connection)
    this.leases = new Leases({ lease: asked => this.transport.json<LeaseAnswer>('POST', paths.jids, asked) })
    this.waiter = new Waiter(this.transport, this.finals)
    this.submitter = new Submitter(this.transport, this.leases, (finished, sections) =>
      this.waiter.told(finished, sections),
    )
    this.abortKills = new AbortKills(this.transport)
  }

  /** One for all calls of a function. */
  encoder(prepared: Prepared, level: 0 | 1 | 2): ArgumentEncoder {
    const known = this.#encoders.get(prepared)
    if (known?.level === level) return known
    const made = new ArgumentEncoder(prepared.captured, level, this)
    this.#encoders.set(prepared, made)
    return made
  }

  async close(): Promise<void> {
    this.waiter.close()
    await this.connection.close?.()
  }
}
