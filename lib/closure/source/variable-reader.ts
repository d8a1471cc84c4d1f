import type { Callable } from '../../value/captured.ts'
import { answerFromPause, canPause } from './paused-frame.ts'
import type { FunctionSyntax } from './script.ts'

/** Gives what variables hold now. Throws for one that is not initialised. */
export type VariableReader = () => readonly unknown[]

/**
 * A function that is made where another one is, and reads what that sees: to make it takes a pause, milliseconds, and to
 * call it next to nothing. Undefined for functions that can't be stopped.
 */
export function variableReader(
  fn: Callable,
  syntax: FunctionSyntax,
  names: readonly string[],
): VariableReader | undefined {
  if (!canPause(syntax)) return undefined
  const found = answerFromPause(fn, frame => frame.read(`() => [${names.join(', ')}]`))
  return typeof found?.value === 'function' ? (found.value as VariableReader) : undefined
}
