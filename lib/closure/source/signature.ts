import type { FunctionCode } from './function-code.ts'

/** How many arguments a function's signature takes. */
export interface Arity {
  /**
   * Parameters before the first default. TypeScript's optional ones count: their `?` leaves no trace at run time.
   */
  readonly min: number
  /** Infinity where the signature does not bound it: rest parameters, `arguments`, native functions. */
  readonly max: number
}

const unknown: Arity = { min: 0, max: Number.POSITIVE_INFINITY }

export function arityOf(code: FunctionCode | undefined): Arity {
  if (code === undefined || !('params' in code.syntax.node)) return unknown
  const { params } = code.syntax.node
  const optional = params.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement')
  const { specials } = code.script.names
  const { start, end } = code.syntax.node
  const bounded =
    params.at(-1)?.type !== 'RestElement' &&
    !specials.some(({ kind, owner }) => kind === 'arguments' && owner?.start === start && owner.end === end)
  return { min: optional < 0 ? params.length : optional, max: bounded ? params.length : Number.POSITIVE_INFINITY }
}
