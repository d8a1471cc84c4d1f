import { capturing } from '../goals/capturing.ts'
import { executorStart } from '../goals/executor-start.ts'
import { largeBuffers } from '../goals/large-buffers.ts'
import { localBulk, localCalls } from '../goals/local-service.ts'
import { manyNoOps } from '../goals/many-no-ops.ts'
import { millionJobs } from '../goals/million-jobs.ts'
import { queuedJobs } from '../goals/queued-jobs.ts'
import { singleCalls } from '../goals/single-calls.ts'
import { starting } from '../goals/starting.ts'
import { values } from '../goals/values.ts'
import type { Goal } from './goal.ts'

/** The goals that can be measured on one machine; the numbers missing need AWS. */
export const goals: readonly Goal[] = [
  manyNoOps,
  singleCalls,
  largeBuffers,
  millionJobs,
  capturing,
  values,
  localBulk,
  localCalls,
  executorStart,
  starting,
  queuedJobs,
]
