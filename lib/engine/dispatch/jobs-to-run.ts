import type { Work } from '../ports/launcher.ts'
import { isFinishedAt, type Run, retriesAt } from '../records/run.ts'

/** Those of a claimed run that are to be launched. */
export function jobsOf(run: Run): Work['jobs'] {
  return isFirstLaunch(run) ? freshJobs(run.count) : openJobs(run)
}

/** No job of it can have ended or been tried before. */
function isFirstLaunch({ attempt, losses, unfinished, count }: Run): boolean {
  return attempt === 1 && losses === 0 && unfinished === count
}

// As no list of jobs is changed in place, all first launches of one length share one.
const fresh: (Work['jobs'] | undefined)[] = []

function freshJobs(count: number): Work['jobs'] {
  const jobs = fresh[count] ?? Array.from({ length: count }, (_, offset) => ({ offset, tries: 1 }))
  fresh[count] = jobs
  return jobs
}

function openJobs(run: Run): Work['jobs'] {
  const jobs: Work['jobs'][number][] = []
  for (let offset = 0; offset < run.count; offset++) {
    if (!isFinishedAt(run, offset)) jobs.push({ offset, tries: triesAt(run, offset) })
  }
  return jobs
}

/** Which try of the job it is, from 1: lost machines count, as the job may have begun on them. */
export function triesAt(run: Run, offset: number): number {
  return retriesAt(run, offset) + run.losses + 1
}
