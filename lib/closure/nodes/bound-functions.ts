import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import type { Inside } from '../../value/inside.ts'
import { CaptureError } from '../capture-error.ts'
import { internalsOf } from '../source/inspector.ts'

/**
 * A bound function travels as what was bound: the function, its `this` and its first arguments, each by its own rule.
 * It is bound again there, so that it is one function wherever it is held.
 */
export function boundInside(fn: Callable): Inside {
  for (const key of ['name', 'length']) {
    if (Object.hasOwn(fn, key)) continue
    throw new CaptureError(`a bound function whose \`${key}\` was deleted can’t be sent`, {
      path: [],
      hint: 'Use an arrow function: () => f(value).',
    })
  }
  const [target, self, args] = internalsOf(fn, ['[[TargetFunction]]', '[[BoundThis]]', '[[BoundArgs]]'])
  if (types.isProxy(target)) {
    // To bind a proxy asks it for its name and length, which would run its traps there.
    throw new CaptureError('a bound function of a Proxy can’t be sent', {
      path: [],
      hint: 'Use an arrow function: () => f(value).',
    })
  }
  // V8's list has no prototype.
  return { kind: 'bound', target: target as Callable, self, args: Array.from((args ?? []) as ArrayLike<unknown>) }
}
