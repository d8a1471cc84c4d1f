import { CaptureError } from './capture-error.ts'
import type { FunctionCode } from './function-code.ts'
import type { Instance } from './instances.ts'
import { displayName } from './resolve-function.ts'
import type { Binding } from './scope.ts'
import { placeOf } from './script.ts'

/** A captured function that sees a variable. */
export interface Seer {
  readonly fn: Function
  readonly code: FunctionCode
  readonly instance: Instance
  readonly value: unknown
}

/** Whether two functions that see a variable of one declaration see the same one. */
export function sameVariable(one: Seer, other: Seer, binding: Binding): boolean {
  if (!Object.is(one.value, other.value)) return false
  throw new CaptureError(`whether ${displayName(other.fn)} sees the same variable can’t be decided`, {
    path: [displayName(one.fn), binding.name],
    place: placeOf(one.code.script, one.code.start),
    hint: 'Hold it as a property of an object that both use.',
  })
}
