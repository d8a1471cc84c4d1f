import { CloudException } from '../protocol/errors.ts'
import { createCloud } from './cloud.ts'
import type { Cloud, ConnectionInfo } from './cloud-api.ts'
import { type Connection, Session } from './connect/session.ts'

export interface ClientParams {
  /** How to reach the service; asked on the first use. Throws `not-configured`. */
  connect(): Connection
  /** What `connectionInfo` says before that. */
  info(): ConnectionInfo
  /** Whether it opens anew when it is used after `close`. Default false. */
  readonly reopens?: boolean
}

/** A cloud that opens its session on first use, and can be told to start over with another connection. */
export interface Client {
  readonly cloud: Cloud
  /** Drops the session, as another connection is to be used from now on. */
  reset(): Promise<void>
}

export function createClient({ connect, info, reopens = false }: ClientParams): Client {
  let session: Session | undefined
  let closed = false
  let user: unknown
  const drop = async (): Promise<boolean> => {
    const open = session
    session = undefined
    await open?.close()
    return open !== undefined
  }
  const cloud = createCloud({
    session() {
      if (session !== undefined) {
        const now = session.connection.user?.()
        if (now !== user) {
          user = now
          session.waiter.giveUp()
        }
        return session
      }
      if (closed) throw new CloudException('This client was closed.', { code: 'closed', hint: 'Connect a new one.' })
      session = new Session(connect())
      user = session.connection.user?.()
      return session
    },
    info,
    close() {
      closed = !reopens
      return drop()
    },
  })
  return { cloud, reset: async () => void (await drop()) }
}
