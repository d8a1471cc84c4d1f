import { argumentError } from '../argument-error.ts'

/** What is known of a function's parameters. */
export interface Signature {
  readonly name: string
  /** Parameters before the first default; Infinity as `max` with a rest parameter or `arguments`. */
  readonly arity: { readonly min: number; readonly max: number }
  /** Where its text stands. */
  readonly place: { readonly url: string } | undefined
}

const plainScript = /\.[cm]?js$/

/**
 * Throws a TypeError, before anything is sent, when a call can't be what its author meant. TypeScript's optional
 * parameters leave no trace at run time: there the compiler has counted, and too few arguments pass here.
 */
export function checkArity({ name, arity: { min, max }, place }: Signature, given: number): void {
  const least = place !== undefined && plainScript.test(place.url) ? min : 0
  if (given >= least && given <= max) return
  const takes = countOf(least, max)
  throw argumentError(`${name === '' ? 'The function' : name} takes ${takes}, and was given ${given}.`)
}

function countOf(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return `at least ${min} ${min === 1 ? 'argument' : 'arguments'}`
  const count = min === max || min === 0 ? String(max) : `${min} to ${max}`
  const most = min === 0 && max > 0 ? 'at most ' : ''
  return `${most}${count} ${max === 1 ? 'argument' : 'arguments'}`
}
