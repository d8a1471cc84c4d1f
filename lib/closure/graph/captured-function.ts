import type { Callable } from '../../value/captured.ts'
import type { FunctionCode } from '../source/function-code.ts'
import type { Cell } from '../variables/environments.ts'
import type { Instance } from '../variables/instances.ts'
import type { MemberPlace } from './class-members.ts'

/** A function that travels by value. */
export interface CapturedFunction {
  readonly fn: Callable
  readonly name: string | undefined
  readonly code: FunctionCode
  /** Of a class see also `Chains.homeOf`. */
  readonly home: Instance
  readonly cells: readonly Cell[]
  /** Of a derived class; `base` is its id. */
  readonly superclass: Callable | undefined
  base: number | undefined
  /** Of a class: what its computed keys came to be. */
  readonly keys: readonly (string | symbol)[]
  /** Of a function that comes with the text of a class. */
  readonly member: MemberPlace | undefined
}
