import { CloudException } from '../../protocol/errors.ts'
import { MAX_RECORD_BYTES, MAX_RECORD_NAME_BYTES } from '../../protocol/limits.ts'
import { invalid } from '../records/refuse.ts'

/** What a registry keeps. Each kind has names of its own. */
export type RecordKind = 'keys' | 'key-use' | 'cron' | 'published' | 'environment' | 'file' | 'upload' | 'argument'

/** A record as it was read. */
export interface Stored<Value = unknown> {
  readonly name: string
  readonly value: Value
  /** Names this state of this record, and no other ever: also one that was deleted and made anew has another. */
  readonly version: string
}

/**
 * Port: small records by kind and name, for what is few and seldom changes: keys, crons, published functions, environments, the
 * facts of files and of uploads under way. Strongly consistent; a change is a compare-and-set by version. Names are text of 1 to 1,000 bytes in UTF-8
 * without NUL, lone surrogates and U+10FFFF; values are JSON of at most 128 KiB. Adapters refuse others by `checkName` and
 * `encodeRecord`.
 */
export interface Registry {
  get(params: { kind: RecordKind; name: string }): Promise<Stored | undefined>
  /**
   * Puts the value if the stored version is this one, or without a version if there is none.
   * @returns the new version; undefined when another one was there, and nothing changed
   */
  put(params: {
    kind: RecordKind
    name: string
    value: unknown
    version?: string | undefined
  }): Promise<string | undefined>
  /** Deletes the record if it has this version; without a version whatever is there. True if there was something to delete. */
  delete(params: { kind: RecordKind; name: string; version?: string | undefined }): Promise<boolean>
  /** At most `limit` records whose names begin with `prefix` and come after `after`, in the order of their names' UTF-8 bytes. */
  list(params: { kind: RecordKind; prefix?: string; after?: string; limit: number }): Promise<readonly Stored[]>
}

const encoder = new TextEncoder()
/** No name has it, so that it stands above all that share a prefix. */
const HIGHEST = '\u{10FFFF}'

/** Throws `invalid-request` on a name that not every registry can keep. */
export function checkName(name: string): void {
  const size = encoder.encode(name).byteLength
  if (size > 0 && size <= MAX_RECORD_NAME_BYTES && name.isWellFormed() && !/[\0\u{10FFFF}]/u.test(name)) return
  throw invalid(
    `“${name.toWellFormed().slice(0, 100)}” can’t be a name.`,
    `A name is text of 1 to ${MAX_RECORD_NAME_BYTES} bytes in UTF-8.`,
  )
}

/** The value as JSON; throws `too-large`. */
export function encodeRecord({ kind, name, value }: { kind: RecordKind; name: string; value: unknown }): string {
  const json = JSON.stringify(value)
  const size = encoder.encode(json).byteLength
  if (size <= MAX_RECORD_BYTES) return json
  throw new CloudException(`The ${kind} “${name}” would take ${size} bytes; a record takes ${MAX_RECORD_BYTES}.`, {
    code: 'too-large',
  })
}

/** The lowest and the highest name that a listing may give, both included; `after` itself is to be left out. Checks both. */
export function boundsOf({ prefix = '', after = '' }: { prefix?: string; after?: string }): {
  readonly from: string
  readonly to: string
} {
  for (const given of [prefix, after]) if (given !== '') checkName(given)
  const lowest = prefix === '' ? '\u{1}' : prefix
  return { from: compareNames(after, lowest) > 0 ? after : lowest, to: `${prefix}${HIGHEST}` }
}

/** By their UTF-8 bytes, which is by code points; UTF-16 sorts otherwise above U+FFFF. */
export function compareNames(one: string, other: string): number {
  const [left, right] = [one[Symbol.iterator](), other[Symbol.iterator]()]
  for (;;) {
    const [a, b] = [left.next().value?.codePointAt(0) ?? -1, right.next().value?.codePointAt(0) ?? -1]
    if (a !== b) return a - b
    if (a < 0) return 0
  }
}
