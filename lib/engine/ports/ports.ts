import type { Ahead } from './ahead.ts'
import type { Blobs } from './blobs.ts'
import type { Clock } from './clock.ts'
import type { CronAlarms } from './cron-alarms.ts'
import type { JobStore } from './job-store.ts'
import type { Launcher } from './launcher.ts'
import type { ChunkMessage, ControlMessage, Queue } from './queue.ts'
import type { Registry } from './registry.ts'
import type { Secrets } from './secrets.ts'
import type { Timers } from './timers.ts'

/** All that the engine needs of the world. */
export interface Ports {
  readonly store: JobStore
  readonly jobs: Queue<ChunkMessage>
  /** The same two, where they have a way to run ahead. */
  readonly ahead?: Ahead
  /** Gates to look at: apart from the jobs, so that neither waits for the other. */
  readonly control: Queue<ControlMessage>
  readonly blobs: Blobs
  /** Parts of files, where there are files: a service. */
  readonly files?: Blobs
  readonly timers: Timers
  readonly clock: Clock
  /** SHA-256 of the bytes, in lower-case hex. */
  readonly digest: (bytes: Uint8Array) => string
  /**
   * Crons, published functions, environments, the facts of files. Absent in `cloud.mp` and the simulator, which are no service:
   * ask for it through `ofService`.
   */
  readonly registry?: Registry
  /** Accounts and keys, apart from all else: on AWS executors may not touch them. Absent there, and in `cloud.mp`. */
  readonly keyring?: Registry
  /** Goes with the keyring. */
  readonly secrets?: Secrets
  /** Absent in `cloud.mp` and the simulator. */
  readonly alarms?: CronAlarms
  /** Absent where jobs are only taken in: they run elsewhere. */
  readonly launcher?: Launcher
}
