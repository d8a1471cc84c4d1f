import { CaptureError } from '../closure/capture-error.ts'
import { explain as explainFunction } from '../closure/explain/explain.ts'
import type { ExplainedPart, Explanation } from '../closure/explain/explanation.ts'
import { kindOf } from '../closure/explain/kind.ts'
import { refusalOf } from '../closure/explain/refusal.ts'
import { encodeParcel } from '../closure/parcel.ts'
import type { Callable } from '../value/captured.ts'
import { ValueError } from '../value/value-error.ts'
import { argumentError, shown } from './argument-error.ts'
import { standIns } from './submit/references.ts'

/** What would travel with `call(fn, ...args)`. Needs no service. */
export function explain(fn: unknown, args: readonly unknown[]): Explanation {
  if (typeof fn !== 'function') throw argumentError(`The first argument is the function to explain, not ${shown(fn)}.`)
  return explainFunction(fn as Callable, args.map(explainArgument))
}

function explainArgument(value: unknown, index: number): ExplainedPart {
  const name = `arguments[${index}]`
  const path = [name]
  const part = { name, path, kind: kindOf(value), travels: 'by value', parts: [] } as const
  try {
    const { size } = encodeParcel(value, { foreign: standIns(() => undefined), root: name, leavesWeak: true })
    return { ...part, bytes: size }
  } catch (error) {
    if (!(error instanceof CaptureError || error instanceof ValueError)) throw error
    return { ...part, bytes: 0, refusal: refusalOf(error, error instanceof ValueError ? path : []) }
  }
}
