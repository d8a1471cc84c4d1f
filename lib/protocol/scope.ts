import type { Principal } from './job.ts'

/**
 * What a key may do. `submit`: hand in jobs and end them, and whatever goes with that. `read`: see what is there, and results.
 * `admin`: make and end keys. None of them contains another.
 */
export const scopes = ['submit', 'read', 'admin'] as const
export type Scope = (typeof scopes)[number]

/** A job goes on with what it was submitted for; administration takes a key of its own. */
const ofJobs: readonly Scope[] = ['submit', 'read']

export function scopesOf(principal: Principal): readonly Scope[] {
  if (principal.kind === 'key') return principal.scopes
  return principal.kind === 'job' ? ofJobs : scopes
}
