import * as hostModules from '../closure/nodes/host-modules.ts'
import { runKept } from '../kept/run-kept.ts'
import type * as AssembleWorkers from '../memory/assemble-workers.ts'
import * as errors from '../protocol/errors.ts'
import type * as ChosenCloud from './chosen-cloud.ts'
import * as currentJob from './connect/current-job.ts'
import * as jidRange from './jids/jid-range.ts'

/** In the package: late.ts by one script, of which each user's machine keeps the compiled code. */

interface Late {
  chosenCloud(): typeof ChosenCloud
  assembleWorkers(): typeof AssembleWorkers
}

/** What the script has in common with the entry, as classes and registries are to be one: all modules that both reach. */
const shared = {
  'client/connect/current-job': currentJob,
  'client/jids/jid-range': jidRange,
  'closure/nodes/host-modules': hostModules,
  'protocol/errors': errors,
}

let late: Late | undefined

function script(): Late {
  if (late !== undefined) return late
  const { exports, keep } = runKept(new URL('../late/late.js', import.meta.url), shared)
  if (keep !== undefined) process.once('exit', keep)
  late = exports as Late
  return late
}

export const loadChosenCloud = (): typeof ChosenCloud => script().chosenCloud()
export const loadAssembleWorkers = (): typeof AssembleWorkers => script().assembleWorkers()
