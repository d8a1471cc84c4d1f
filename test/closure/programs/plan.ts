import fc from 'fast-check'

/** A piece of a program, told by numbers alone: so that a failing program can be printed, shrunk, and written again. */
export interface Piece {
  /** Which piece, modulo how many there are. */
  readonly kind: number
  /** What it asks for one after another, modulo how many answers there are; 0 when it asks for more. */
  readonly picks: readonly number[]
  /** What stands inside of it, where it can hold others. */
  readonly inside: readonly Piece[]
}

export interface Plan {
  /** The kind of module and compiler. */
  readonly form: number
  readonly pieces: readonly Piece[]
  /** What is done while the module is evaluated, between two captures, and in the captured function. */
  readonly before: readonly Piece[]
  readonly step: readonly Piece[]
  readonly calls: readonly Piece[]
  /** How often it is changed and captured again. */
  readonly rounds: number
}

const number = fc.nat(5039)
const picks = fc.array(number, { minLength: 12, maxLength: 40, size: 'max' })

const { piece } = fc.letrec<{ piece: Piece }>(tie => ({
  piece: fc.record({
    kind: number,
    picks,
    inside: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      fc.constant([]),
      fc.array(tie('piece'), { minLength: 1, maxLength: 4, size: 'max' }),
    ),
  }),
}))

const use = fc.record({ kind: number, picks, inside: fc.constant([]) })
const uses = (maxLength: number): fc.Arbitrary<Piece[]> => fc.array(use, { minLength: 1, maxLength, size: 'max' })

export const plans: fc.Arbitrary<Plan> = fc.record({
  form: number,
  pieces: fc.array(piece, { minLength: 2, maxLength: 12, size: 'max' }),
  before: uses(6),
  step: uses(4),
  calls: uses(16),
  // From sixteen captures on variables are read in another way.
  rounds: fc.constantFrom(1, 1, 1, 2, 1, 1, 1, 18),
})
