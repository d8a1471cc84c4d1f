import type { Fetch } from '../../protocol/message.ts'
import type { Jid } from '../api.ts'

/** What a worker process puts on its global object for us: how to reach its parent, and which job runs now. */
interface WorkerHost {
  readonly fetch: Fetch
  current(): { readonly jid: number; readonly signal: AbortSignal; readonly attempt: number } | undefined
}

const key = Symbol.for('picloud.worker')

/** Undefined unless this process is a worker. */
export function workerHost(): WorkerHost | undefined {
  return (globalThis as Record<symbol, unknown>)[key] as WorkerHost | undefined
}

/** The job that this code runs in. */
export interface CurrentJob {
  readonly jid: Jid
  /** Aborts when the job is killed; a second later its process ends. */
  readonly signal: AbortSignal
  /** 1 the first time. */
  readonly attempt: number
}

/** In a worker process an object that always speaks of the job that runs now; elsewhere undefined. */
export function currentJob(): CurrentJob | undefined {
  const host = workerHost()
  if (host === undefined) return undefined
  const now = () => {
    const current = host.current()
    if (current === undefined) throw new Error('No job runs now in this worker process.')
    return current
  }
  return {
    get jid() {
      return now().jid as unknown as Jid
    },
    get signal() {
      return now().signal
    },
    get attempt() {
      return now().attempt
    },
  }
}
