import { CloudException } from '../protocol/errors.ts'
import type { Principal } from '../protocol/job.ts'
import { type Scope, scopesOf } from '../protocol/scope.ts'
import type { Route } from './route.ts'

/** Lets those pass whom the route is for; throws `unauthorized` or `forbidden`. */
export function admit({ scope = 'any' }: Route, principal: Principal | undefined): asserts principal is Principal {
  if (principal === undefined) {
    throw new CloudException('This request carries no valid key.', { code: 'unauthorized' })
  }
  if (scope !== 'any' && !scopesOf(principal).includes(scope)) throw lacking(principal, scope)
}

function lacking({ kind }: Principal, scope: Scope): CloudException {
  return kind === 'job'
    ? new CloudException(`This takes the scope ${scope}, which jobs do not have.`, {
        code: 'forbidden',
        hint: 'Do it from outside, or give the job a key for that and let it connect with it.',
      })
    : new CloudException(`This takes the scope ${scope}, which this key does not have.`, { code: 'forbidden' })
}
