import { runKept } from '../kept/run-kept.ts'
import type * as AssembleWorkers from '../memory/assemble-workers.ts'
import type * as ChosenCloud from './chosen-cloud.ts'
import { inCommon } from './in-common.ts'

/** In the package: late.ts by one script, of which each user's machine keeps the compiled code. */

interface Late {
  chosenCloud(): typeof ChosenCloud
  assembleWorkers(): typeof AssembleWorkers
}

let late: Late | undefined

function script(): Late {
  if (late !== undefined) return late
  const { exports, keep } = runKept(new URL('../late/late.js', import.meta.url), inCommon)
  if (keep !== undefined) process.once('exit', keep)
  late = exports as Late
  return late
}

export const loadChosenCloud = (): typeof ChosenCloud => script().chosenCloud()
export const loadAssembleWorkers = (): typeof AssembleWorkers => script().assembleWorkers()
