/** The limits of values: names, units, and why. */

/** Bytes of one encoded value: what one blob can hold (4 GiB − 1, where V8's buffers end). */
export const MAX_VALUE_BYTES = 4 * 1024 ** 3 - 1
/**
 * Levels of nesting, arrays in objects in Maps. Encoding and decoding need no stack for it; the limit keeps an
 * endless structure (a list that grows while it is walked) from eating all memory.
 */
export const MAX_DEPTH = 1_000_000
/**
 * Levels that are nested in the bytes and so in the stack of both sides; deeper contents are put off. A level costs
 * about 0.5 kB of the 1 MB that Node gives, so that the call fits under a caller who already stands deep.
 */
export const MAX_NESTED = 100
/** Bytes from which binary data travels as a part of its own, uncopied. Below, a copy is cheaper than another part. */
export const OUT_OF_BAND_BYTES = 4 * 1024
/** Bytes of address space that a resizable ArrayBuffer may reserve when decoded. */
export const MAX_RESIZABLE_BYTES = 4 * 1024 ** 3
/** Multiple on which out-of-band data starts: the widest element of a typed array. */
export const ALIGNMENT = 8
