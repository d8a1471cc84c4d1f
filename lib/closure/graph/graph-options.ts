import type { Late } from '../packages/late-state.ts'
import type { KnownElsewhere } from './known-elsewhere.ts'
import type { WeakHolder } from './weak-holders.ts'
import type { WeakState } from './weak-look.ts'

export interface GraphOptions {
  /** Functions that the receiver has already. */
  readonly known?: KnownElsewhere | undefined
  /** Functions, and what is taken by reference, that travel with it whether or not it leads to them. */
  readonly along?: readonly unknown[] | undefined
  readonly foreign?: ((object: object) => unknown) | undefined
  /** Names of what the receiver has, as the encoder's hooks of these names give them. */
  readonly held?: ((thing: unknown) => unknown) | undefined
  readonly symbols?: ((symbol: symbol) => unknown) | undefined
  /** Outcomes of trying whether a value can travel; where it is missing, what may stay behind is taken to. */
  readonly trials?: Map<unknown, boolean> | undefined
  /** What compiled files export stays behind where it can't travel. */
  readonly omits?: boolean | undefined
  /** Whether this is such a trial. */
  readonly tries?: boolean | undefined
  /** Package bundles come along in the bundle. */
  readonly carry?: boolean | undefined
  /** See `ReferenceTable`. */
  readonly insides?: boolean | undefined
  /** What is to be put on packages before the functions are called. */
  readonly late?: readonly Late[] | undefined
  /** What is to be put into their WeakMaps and WeakSets then. */
  readonly weak?: readonly WeakState[] | undefined
  /** WeakMaps and WeakSets of the packages of known functions. */
  readonly weakHolders?: readonly WeakHolder[] | undefined
  /** What packages keep stays behind for now where the receiver has no name for the WeakMap: it is to get one. */
  readonly leavesWeak?: boolean | undefined
  /** Those that travel themselves: of packages, and with the entries whose keys travel. */
  readonly weakOnes?: ReadonlySet<object> | undefined
  /** All of them do. */
  readonly anyWeak?: boolean | undefined
}
