/** A value that survives the way there and back. `check` says what matters beyond deep equality. */
export interface Case {
  readonly name: string
  readonly make: () => unknown
  readonly check?: (there: never, here: never) => void
  /** Too rich for level 2, or fit for it. */
  readonly plain?: boolean
}
