/** What a job's function returns where the job goes on: its own promise, or what anybody's `await` would wait for. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return false
  return value instanceof Promise || typeof (value as { then?: unknown }).then === 'function'
}
