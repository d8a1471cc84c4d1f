import type { Explanation } from '../closure/explain/explanation.ts'
import type { CloudException } from '../protocol/errors.ts'
import type {
  DefaultInfo,
  Jid,
  JidRange,
  Jids,
  JobInfo,
  JobOptions,
  Listed,
  Ref,
  ResultOf,
  Results,
  Settled,
  Status,
  StatusOf,
  Submit,
  Tolerant,
  Wait,
} from './api.ts'
import type { Config } from './config/config.ts'
import type { Pool } from './pool.ts'
import type { Account } from './service/account.ts'
import type { Crons } from './service/cron-api.ts'
import type { Environments } from './service/environments.ts'
import type { Files } from './service/files.ts'
import type { Rest } from './service/rest.ts'

export type {
  ExplainedAsset,
  ExplainedImport,
  ExplainedPackage,
  ExplainedPart,
  ExplainedRefusal,
  Explanation,
  Travels,
  Weight,
} from '../closure/explain/explanation.ts'

/** Where the jobs go. */
export interface ConnectionInfo {
  /** `lambda`: by invoking the API function. `multiprocessing`: child processes of this one. `job`: inside a job, through its worker. `none`: not configured. */
  readonly type: 'none' | 'https' | 'http' | 'lambda' | 'multiprocessing' | 'simulation' | 'job'
  readonly url?: string
  /** The key's id; never its secret. */
  readonly key?: string
  /** Child processes. */
  readonly workers?: number
}

/** Which jobs to list. */
export interface ListOptions {
  label?: string
  status?: Status
  /** Created at or after this. */
  since?: Date | number
  /** At most so many submissions. Default 100. */
  limit?: number
}

/** A client of one service. Methods may be taken off it. */
export interface Cloud extends Submit, AsyncDisposable {
  /** The same `call` and `map`, with options. */
  with(options: JobOptions): Submit
  /** The result of a job, or of all jobs of a map, as an argument for another. */
  ref<T>(jid: Jid<T>): Ref<T>
  ref<T>(range: JidRange<T>): Ref<T[]>
  /** The results of jobs as the items of a map, one each. */
  refs<T>(jids: Iterable<Jid<T>>): Iterable<Ref<T>>
  /** Waits until all are terminal; throws as soon as one is known to have failed, unless `ignoreErrors`. */
  join(jids: Jids, options?: Wait & { ignoreErrors?: boolean }): Promise<void>
  /** Waits, and gives the values in the shape of what was asked for. Throws as `join`. */
  result<T>(jid: Jid<T>, options?: Wait): Promise<T>
  result<T>(range: JidRange<T>, options?: Wait): Promise<T[]>
  result<const J extends Jids>(jids: J, options?: Wait): Promise<ResultOf<J>>
  result<const J extends Jids>(jids: J, options: Tolerant): Promise<ResultOf<J, CloudException>>
  /** Values in order, read ahead by `numInParallel` (default 10, 0 = the most: 1,024). `timeout` holds for each `next()`. */
  iresult<J extends Jid>(jids: Iterable<J>, options?: Wait & { numInParallel?: number }): Results<ResultOf<J>>
  /** Jobs as they end, whatever their order. */
  completed<J extends Jid>(jids: Iterable<J>, options?: Wait): AsyncIterable<Settled<ResultOf<J>>>
  /** Jobs that the service knows, newest submissions first. */
  jobs(options?: ListOptions): Promise<Listed[]>
  /** In the shape of what was asked for. */
  status<const J extends Jids>(jids: J): Promise<StatusOf<J>>
  /** What is kept of jobs, by jid. No keys = output, exception, runtime and status. */
  info(jids: Jids): Promise<Record<number, Pick<JobInfo, DefaultInfo>>>
  info<K extends keyof JobInfo>(jids: Jids, keys: K | readonly K[]): Promise<Record<number, Pick<JobInfo, K>>>
  /** Ends jobs; without jids every unfinished one of this key; an empty list none. `tree`: with all that they started. */
  kill(jids?: Jids, options?: { tree?: boolean }): Promise<void>
  /** Forgets finished jobs, here and in the service. Refuses unfinished ones with `not-finished`. */
  delete(jids: Jids): Promise<void>
  /** The keys of the service. */
  readonly account: Account
  /**
   * What would travel with `call(fn, ...args)`, as plain data: the function with all that it sees, what is imported, sizes
   * in bytes, and why not where it can't. Sends nothing, and needs no service. Throws only for what is no function.
   */
  explain(fn: (...args: never) => unknown, ...args: unknown[]): Explanation
  /** Functions that run by the clock. */
  readonly cron: Crons
  /** Functions that anybody with a key may call by HTTP. */
  readonly rest: Rest
  /** Files of the service, by name. */
  readonly files: Files
  /** Packages with native code, installed once for the workers. */
  readonly env: Environments
  /** PiCloud's emulation of multiprocessing's Pool. Prefer `call` and `map`. */
  pool(): Pool
  isSimulated(): boolean
  runningOnCloud(): boolean
  connectionInfo(): ConnectionInfo
  /** Ends this client: pending waits fail with `closed`; child processes end. True if it was open. */
  close(): Promise<boolean>
}

/** The default cloud: configured by `config`, or by `setkey`. */
export interface DefaultCloud extends Cloud {
  /** The same, in child processes of this one: no account, no network. */
  readonly mp: Cloud
  /** Uses this key from now on, and leaves the simulator. */
  setkey(key: string | number, secret?: string, options?: SetkeyOptions): void
  /** Runs everything in child processes of this one from now on, until `setkey`. */
  startSimulator(options?: { forceRestart?: boolean }): void
  connect(options?: ConnectOptions): Cloud
  /** The settings of this process: see `Config`. */
  readonly config: Config
  /** Path of the user's file of settings, whether there is one or not: PICLOUD_CONFIG, or in the XDG folder. */
  getConfigPath(): string
}

export interface SetkeyOptions {
  /** The service's address. Default: what the settings say. */
  serverUrl?: string
  /** Connect anew even if nothing changed: pending waits fail with `closed`. Default false. */
  restart?: boolean
}

/** A client of its own: `await using mine = connect({ … })`. */
export interface ConnectOptions {
  /** The service's address. Default: what the settings say. */
  url?: string
  key?: string
  secret?: string
  /** No service: this many child processes of this one. */
  workers?: number
}
