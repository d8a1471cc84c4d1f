import type { Jid, JobOptions } from '../api.ts'

/** Options of a cron's jobs, as `with` takes them. Their label is the cron's, and they depend on nothing but the clock. */
export interface CronOptions
  extends Pick<
    JobOptions,
    'restartable' | 'highCpu' | 'killProcess' | 'profile' | 'fastSerialization' | 'maxRuntime' | 'retries' | 'env'
  > {
  label?: never
  dependsOn?: never
  /** Run the last minute that was missed as soon as that is found out, as after a time in which the service was down. Default false. */
  catchUp?: boolean
}

/** `minute hour day-of-month month day-of-week`, as text or one by one; or `@hourly` and its kin. */
export type CronSchedule = string | readonly (string | number)[]

export interface CronInfo {
  readonly label: string
  /** As it was given. */
  readonly schedule: string
  /** The same in English. */
  readonly words: string
  /** The function's name. */
  readonly function: string
  readonly catchUp: boolean
  readonly created: Date
  /** When it last ran, by its schedule or by `manualRun`; undefined: not yet. */
  readonly lastRun: Date | undefined
  readonly lastJid: Jid | undefined
  /** The next five runs, in order. */
  readonly next: readonly Date[]
}

/** Functions that a service runs by the clock, in UTC. */
export interface Crons {
  /**
   * Has the function run by the clock from now on. One of the same label is replaced, at once and whole.
   * @param fn captured now; one that takes arguments is refused
   * @param label at most 256 characters; also that of its jobs
   * @param schedule in UTC, with the meaning that BSD's cron gives it
   * @throws {CloudException} `invalid-argument` with the field at fault; `unsupported` in `cloud.mp` and the simulator
   */
  register(fn: (this: void) => unknown, label: string, schedule: CronSchedule, options?: CronOptions): Promise<void>
  /** Ends it. Its jobs run on. @throws {CloudException} `not-found` */
  deregister(label: string): Promise<void>
  /** All labels, in order. */
  list(): Promise<string[]>
  /** @throws {CloudException} `not-found` */
  info(label: string): Promise<CronInfo>
  /** Runs it now, besides its schedule. @throws {CloudException} `not-found` */
  manualRun(label: string): Promise<Jid>
}
