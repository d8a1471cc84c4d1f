/** The part of an account's concurrent executions that executors may take: the API must find room beside them. */
const MAX_SHARE = 0.9
/** The least that a mapping takes. */
const MIN_EXECUTORS = 2

/**
 * What to do about an account that runs fewer functions at a time than the stack would.
 * @param quota functions that the account runs at a time, as Lambda tells (GetAccountSettings)
 * @param executors how many of them may be executors, as the stack was deployed
 * @returns undefined where there is room
 */
export function quotaAdvice({ quota, executors }: { quota: number; executors: number }): string | undefined {
  if (executors <= quota * MAX_SHARE) return undefined
  const fewer = Math.max(MIN_EXECUTORS, Math.floor(quota / 2))
  return `This account runs ${quota} functions at a time, and up to ${executors} of them may be executors. While so many jobs
run, no function is left for the API: it answers slowly or not at all, and other functions of the account wait too.
Deploy again with fewer: -c picloud='{"executor":{"scaling":{"maxConcurrency":${fewer}}}}'
and ask AWS for more: Service Quotas, AWS Lambda, “Concurrent executions”.
`
}
