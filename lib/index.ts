import { travelsByReference } from './client/by-reference.ts'
import { type CurrentJob, currentJob } from './client/current-job.ts'
import { cloud } from './client/default-cloud.ts'
import * as self from './index.ts'

export type { Account, ApiKey, CreatedApiKey } from './client/account.ts'
export type {
  Callback,
  Called,
  Duration,
  InfoKey,
  Jid,
  Jids,
  JobInfo,
  JobOptions,
  Listed,
  Mapped,
  Ref,
  ResultOf,
  Results,
  Settled,
  Status,
  StatusOf,
  Submit,
  Submitted,
  Tolerant,
  Wait,
  WaitsFor,
} from './client/api.ts'
export type { AsyncResult } from './client/async-result.ts'
export type {
  Cloud,
  ConnectionInfo,
  ConnectOptions,
  DefaultCloud,
  ExplainedImport,
  ExplainedPackage,
  ExplainedPart,
  ExplainedRefusal,
  Explanation,
  ListOptions,
  SetkeyOptions,
  Travels,
  Weight,
} from './client/cloud-api.ts'
export type { Config } from './client/config.ts'
export type { LogLevel } from './client/config-options.ts'
export type { CronInfo, CronOptions, CronSchedule, Crons } from './client/cron-api.ts'
export type { CurrentJob } from './client/current-job.ts'
export { connect, mp, setkey, startSimulator } from './client/default-cloud.ts'
export type { EnvironmentInfo, EnvironmentOptions, Environments } from './client/environments.ts'
export type { CloudFile, FileSource, Files, TransferOptions, TransferProgress } from './client/files.ts'
export { JidRange } from './client/jid-range.ts'
export type { Pool } from './client/pool.ts'
export type { PublishedInfo, PublishedParameter, PublishOptions, Rest } from './client/rest.ts'
export { CloudException, CloudException as CloudError, CloudTimeoutError, type ErrorCode } from './protocol/errors.ts'
export type { Scope } from './protocol/scope.ts'

/** In a job: itself. Elsewhere undefined. */
export const job: CurrentJob | undefined = currentJob()

export default cloud

travelsByReference('picloud', self, import.meta.url)
