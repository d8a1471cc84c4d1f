import { constants, setPriority } from 'node:os'

/**
 * How much a child gives way: jobs run a little below the process that feeds them, so that it stays responsive under
 * load; `highCpu` jobs run as high as it, and so before the others. Raising a priority again needs privileges, so that a
 * child keeps the one that it got with its first job.
 */
const ORDINARY_NICENESS = 2

export function setPriorityOf(pid: number | undefined, highCpu: boolean): void {
  if (pid === undefined || highCpu) return
  try {
    setPriority(pid, constants.priority.PRIORITY_NORMAL + ORDINARY_NICENESS)
  } catch {
    // It has just ended, or a sandbox forbids it: then all run alike.
  }
}
