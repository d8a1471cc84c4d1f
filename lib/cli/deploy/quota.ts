/** The part of an account's concurrent executions that executors may take: the API must find room beside them. */
const MAX_SHARE = 0.9
/** The least that a mapping takes. */
const MIN_EXECUTORS = 2
/** The part of the executors that is left to jobs with `highCpu`. */
const HIGH_CPU_SHARE = 0.2

/** How many executors may run at a time, as the stack was deployed. */
export interface Executors {
  readonly ordinary: number
  /** Those for jobs with `highCpu`. */
  readonly highCpu: number
}

/**
 * What to do about an account that runs fewer functions at a time than the stack would.
 * @param quota functions that the account runs at a time, as Lambda tells (GetAccountSettings)
 * @returns undefined where there is room
 */
export function quotaAdvice({ quota, ordinary, highCpu }: Executors & { readonly quota: number }): string | undefined {
  const executors = ordinary + highCpu
  if (executors <= quota * MAX_SHARE) return undefined
  const half = Math.floor(quota / 2)
  const ofHigh = Math.max(MIN_EXECUTORS, Math.floor(half * HIGH_CPU_SHARE))
  const options = { executor: scaledTo(Math.max(MIN_EXECUTORS, half - ofHigh)), highCpuExecutor: scaledTo(ofHigh) }
  return `This account runs ${quota} functions at a time, and up to ${executors} of them may be executors. While so many jobs
run, no function is left for the API: it answers slowly or not at all, and other functions of the account wait too.
Deploy again with fewer: -c picloud='${JSON.stringify(options)}'
and ask AWS for more: Service Quotas, AWS Lambda, “Concurrent executions”.
`
}

function scaledTo(maxConcurrency: number) {
  return { scaling: { maxConcurrency } }
}
