import type { Callable } from '../../value/captured.ts'
import { type LiveScope, levelOf, lookAgain } from '../source/inspector.ts'
import { answerFrom } from '../source/paused-frame.ts'
import type { FunctionSyntax } from '../source/script.ts'

/**
 * The functions of `others` that see the same variable `name` as `fn`: while a mark stands in it, they see the mark.
 * Undefined when the function could not be stopped, or means another variable by that name where it stops.
 */
export function whoSees(
  { fn, code }: { readonly fn: Callable; readonly code: FunctionSyntax },
  name: string,
  others: readonly Callable[],
): ReadonlySet<Callable> | undefined {
  return answerFrom(fn, code, frame => {
    const mark = {}
    const before = frame.exchange(name, mark)
    if (before === undefined) return undefined
    const isMarked = (seer: Callable): boolean => valueIn(lookAgain(seer).scopes, name) === mark
    try {
      return isMarked(fn) ? new Set(others.filter(isMarked)) : undefined
    } finally {
      frame.exchange(name, before.value)
    }
  })
}

function valueIn(scopes: readonly LiveScope[], name: string): unknown {
  return scopes[levelOf(scopes, name)]?.object[name]
}
