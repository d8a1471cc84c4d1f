import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { JobStore } from '../../engine/ports/job-store.ts'
import { createGateRecords } from './job-store-gates.ts'
import { createSegmentRecords } from './job-store-segments.ts'
import { createSubmissionRecords } from './job-store-submissions.ts'
import { Table } from './table.ts'

export interface JobStoreOptions {
  readonly client: DynamoDBClient
  /** Name of the table of jobs. */
  readonly table: string
  readonly pause: (ms: number) => Promise<void>
}

/**
 * The job store on DynamoDB: the items of `table-schema`. What changed is told by the table's stream, not by a listener.
 * Rejects with the SDK's own errors where a request fails for good.
 */
export function createJobStore({ client, table: name, pause }: JobStoreOptions): JobStore {
  const table = new Table({ client, name, pause })
  return { ...createSegmentRecords(table), ...createGateRecords(table), ...createSubmissionRecords(table) }
}
