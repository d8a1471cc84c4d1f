/** Fewer cases than this are not all of them: a folder that is not found must not make the suite green. */
export const MIN_CASES = 300

export interface Outcome {
  readonly name: string
  /** Why it failed; undefined for one that passed. */
  readonly failure: string | undefined
}

export interface Tally {
  /** What is printed, the numbers last. */
  readonly lines: readonly string[]
  readonly ok: boolean
}

/** Sums up a run. `whole` says that all cases were asked for: then there must be `MIN_CASES` of them. */
export function tally(outcomes: readonly Outcome[], whole: boolean): Tally {
  const failures = outcomes.filter(({ failure }) => failure !== undefined)
  const lines = failures.map(({ name, failure }) => `FAILED ${name}: ${failure}`)
  const few = whole && outcomes.length < MIN_CASES
  if (few) lines.push(`FAILED: there are ${outcomes.length} cases, and must be at least ${MIN_CASES}`)
  if (outcomes.length === 0) lines.push('FAILED: no case has such a name')
  const failed = failures.length + (few || outcomes.length === 0 ? 1 : 0)
  lines.push(`${outcomes.length - failures.length} passed, ${failed} failed`)
  return { lines, ok: failed === 0 }
}
