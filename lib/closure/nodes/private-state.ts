import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { functionText } from '../../value/captured.ts'
import { intrinsicName } from '../../value/intrinsics.ts'
import { CaptureError } from '../capture-error.ts'
import { hasPrivateState } from '../source/class-code.ts'
import { lookInside } from '../source/inspector.ts'
import { syntaxAt } from '../source/script.ts'
import { displayName } from './resolve-function.ts'

const judged = new WeakMap<Callable, string | undefined>()

/** Why instances of a class with private fields are refused: the inspector shows them, but they can't be put back yet. */
export function privateStateRefusal(maker: Callable): CaptureError | undefined {
  const owner = privateIn(maker)
  if (owner === undefined) return undefined
  return new CaptureError(`an instance of ${displayName(maker)} can’t be sent, as ${owner} has private fields`, {
    path: [],
    hint: 'Make it in the job, or keep that state in ordinary properties.',
  })
}

/** The class, among it and those above, whose instances hold what their properties don't show. */
function privateIn(fn: Callable): string | undefined {
  if (judged.has(fn)) return judged.get(fn)
  let owner: string | undefined
  const location = intrinsicName(fn) === undefined ? lookInside(fn).location : undefined
  if (location !== undefined) {
    const { syntax } = syntaxAt(location, functionText(fn), displayName(fn))
    if (syntax.kind === 'class' && hasPrivateState(syntax.node as never)) owner = displayName(fn)
    const above: unknown = Object.getPrototypeOf(fn)
    if (owner === undefined && typeof above === 'function' && !types.isProxy(above)) owner = privateIn(above)
  }
  judged.set(fn, owner)
  return owner
}
