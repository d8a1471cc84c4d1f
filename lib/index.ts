import { travelsByReference } from './client/by-reference.ts'
import { type CurrentJob, currentJob } from './client/connect/current-job.ts'
import { cloud } from './client/default-cloud.ts'
import * as self from './index.ts'

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
export type {
  Cloud,
  ConnectionInfo,
  ConnectOptions,
  DefaultCloud,
  ExplainedAsset,
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
export type { Config } from './client/config/config.ts'
export type { LogLevel } from './client/config/config-options.ts'
export type { CurrentJob } from './client/connect/current-job.ts'
export { connect, mp, setkey, startSimulator } from './client/default-cloud.ts'
export { JidRange } from './client/jids/jid-range.ts'
export type { Pool } from './client/pool.ts'
export type { AsyncResult } from './client/result/async-result.ts'
export type { Account, ApiKey, CreatedApiKey } from './client/service/account.ts'
export type { CronInfo, CronOptions, CronSchedule, Crons } from './client/service/cron-api.ts'
export type { EnvironmentInfo, EnvironmentOptions, Environments } from './client/service/environments.ts'
export type { CloudFile, FileSource, Files, TransferOptions, TransferProgress } from './client/service/files.ts'
export type { PublishedInfo, PublishedParameter, PublishOptions, Rest } from './client/service/rest.ts'
export { CloudException, CloudException as CloudError, type ErrorCode } from './protocol/errors.ts'
export type { Scope } from './protocol/scope.ts'
export { CloudTimeoutError } from './protocol/timeout-error.ts'

/** In a job: itself. Elsewhere undefined. */
export const job: CurrentJob | undefined = currentJob()

export default cloud

travelsByReference('picloud', self, import.meta.url)
