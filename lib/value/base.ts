import type { Encoding, Part } from './encoding.ts'

/** 0 extensible, 1 not, 2 sealed, 3 frozen. */
export type Integrity = 0 | 1 | 2 | 3

/** A kind of object, as the receiver creates it before it is dressed. */
export interface Base {
  /** What the receiver's creation gives it. */
  readonly prototype: object
  /** Own properties that come with it or with its contents. Absent: none. */
  readonly implied?: (object: object, key: PropertyKey, integrity: Integrity) => boolean
  /** Its own keys, where listing all of them would be dear. */
  readonly keys?: (object: object) => PropertyKey[]
  readonly write: (encoding: Encoding, object: object, depth: number, part: Part, integrity: Integrity) => void
}
