import type { EnvironmentReference } from '../../protocol/archive-pieces.ts'
import type { FunctionReference, Submission, SubmitHeader } from '../../protocol/routes.ts'

/** A function with the packages that it is to find. */
export interface PlacedFunction extends FunctionReference {
  readonly environment?: EnvironmentReference
}

/** A submission whose function is placed. */
export type PlacedSubmission = Submission & { readonly function: PlacedFunction }

/** A header whose functions are. */
export interface PlacedHeader extends SubmitHeader {
  submissions: PlacedSubmission[]
}
