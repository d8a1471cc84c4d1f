import { renderPath } from '../../value/path.ts'
import { ValueError } from '../../value/value-error.ts'
import { CaptureError } from '../capture-error.ts'
import { isNamed } from '../explain-refusal.ts'
import { anyHint } from '../words.ts'
import type { ExplainedRefusal } from './explanation.ts'

/**
 * A refusal as plain data.
 * @param path of the part that was encoded alone: what the encoder says is within it
 * @throws what is no refusal
 */
export function refusalOf(error: unknown, path: readonly string[] = []): ExplainedRefusal {
  const { message, reason, hint, place, path: steps } = asCaptureError(error, path)
  return { message, path: steps, reason, ...(hint !== undefined && { hint }), ...(place !== undefined && { place }) }
}

function asCaptureError(error: unknown, path: readonly string[]): CaptureError {
  if (error instanceof CaptureError) return path.length === 0 ? error : below(error, path)
  if (!(error instanceof ValueError)) throw error
  const within = [...path.slice(0, -1), renderPath(error.path ?? [], path.at(-1) ?? 'value')]
  const { cause, reason, hint = anyHint } = error
  return cause instanceof CaptureError ? below(cause, within) : new CaptureError(reason, { path: within, hint, cause })
}

function below(error: CaptureError, holders: readonly string[]): CaptureError {
  const { reason, place, hint = anyHint } = error
  const [first = '', ...rest] = error.path
  const path = isNamed(holders.at(-1) ?? '', first) ? rest : error.path
  return new CaptureError(reason, { path: [...holders, ...path], place, hint, cause: error })
}
