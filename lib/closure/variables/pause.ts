import type { Callable } from '../../value/captured.ts'
import { type LiveScope, levelOf, lookAgain } from '../source/inspector.ts'
import { answerFromPause } from '../source/paused-frame.ts'

/**
 * The functions of `others` that see the same variable `name` as `fn`: while a mark stands in it, they see the mark.
 * Undefined when the function could not be stopped.
 */
export function whoSees(fn: Callable, name: string, others: readonly Callable[]): ReadonlySet<Callable> | undefined {
  return answerFromPause(fn, frame => {
    const mark = {}
    const before = frame.exchange(name, mark)
    if (before === undefined) return undefined
    try {
      return new Set(others.filter(other => valueIn(lookAgain(other).scopes, name) === mark))
    } finally {
      frame.exchange(name, before.value)
    }
  })
}

function valueIn(scopes: readonly LiveScope[], name: string): unknown {
  return scopes[levelOf(scopes, name)]?.object[name]
}
