import * as hostModules from '../closure/nodes/host-modules.ts'
import * as errors from '../protocol/errors.ts'
import * as currentJob from './connect/current-job.ts'
import * as jidRange from './jids/jid-range.ts'

/**
 * In the package: modules that a process has once, whoever loads it, as their classes and registries are to be one. All
 * modules that both the entries and what is loaded later reach. The entries have them; `late-kept.ts` hands them to its
 * script, and the command line imports them from here.
 */
export const inCommon = {
  'client/connect/current-job': currentJob,
  'client/jids/jid-range': jidRange,
  'closure/nodes/host-modules': hostModules,
  'protocol/errors': errors,
}
