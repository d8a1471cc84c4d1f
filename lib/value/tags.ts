/**
 * The wire format, version 1. A message is
 *
 *   0x01 · value · contents of deferred objects                                     (no binary data)
 *   0x01 · ATTACHED · u48 offset of the table · value · deferred · table · padding · attachments
 *
 * A value is a tag and what belongs to it. Containers are written as a header (which is enough to create them)
 * and their contents; a container too deep to nest is written as LATER and its header, and its contents follow
 * after the root, in the order in which the headers came. Objects and unique symbols are numbered in the order
 * in which their headers come; REF names one of them. Numbers without a fixed width are LEB128 varints.
 */
export const VERSION = 0x01
/** As the second byte of a message: it carries binary data. Never the tag of a value. */
export const ATTACHED = 0x3f

// 0x80–0xff are the integers 0–127, 0x40–0x7f strings of 0–63 characters, each below U+0100.
export const SMALL_INTEGER = 0x80
export const SHORT_STRING = 0x40

export const UNDEFINED = 0x01
export const NULL = 0x02
export const TRUE = 0x03
export const FALSE = 0x04
/** varint ≥ 128, below 2^31 */
export const INTEGER = 0x05
/** varint n stands for -1 - n */
export const NEGATIVE = 0x06
/** 8 bytes, little-endian */
export const DOUBLE = 0x07
/** sign byte · varint bytes · magnitude, little-endian */
export const BIGINT = 0x08
/** varint length · a byte a character */
export const LATIN = 0x09
/** varint length in UTF-16 units · two bytes each, little-endian; lone surrogates survive */
export const WIDE = 0x0a
/** the key in the global registry, a string */
export const SYMBOL_REGISTERED = 0x0b
/** the name after `Symbol.`, a string */
export const SYMBOL_KNOWN = 0x0c
/** the description, a string or undefined */
export const SYMBOL_UNIQUE = 0x0d
/** varint number of an object or unique symbol */
export const REF = 0x0e
/** a slot of an array that holds nothing */
export const HOLE = 0x0f

/** varint length · that many values */
export const ARRAY = 0x10
/** varint length · varint count · per element: varint index · value */
export const SPARSE = 0x11
/** varint shape · a value per key of the shape */
export const OBJECT = 0x12
/** a new shape for objects under Object.prototype (keys: see `newShape`), then as OBJECT */
export const SHAPE_PLAIN = 0x13
/** the same under no prototype */
export const SHAPE_NULL = 0x14
/** varint function · the same under that function's `prototype` */
export const SHAPE_CLASS = 0x15
/** varint count · pairs of values */
export const MAP = 0x16
/** varint count · values */
export const SET = 0x17
/** byte: which constructor; all the rest are properties */
export const ERROR = 0x18
/** 8 bytes: milliseconds */
export const DATE = 0x19
/** strings source and flags, value lastIndex */
export const REGEXP = 0x1a
/** the primitive */
export const BOXED = 0x1b
/** varint attachment */
export const BUFFER = 0x1c
/** byte: which constructor · varints attachment, byte offset, length */
export const VIEW = 0x1d
/** varint id */
export const FUNCTION = 0x1e
/** name, a string */
export const INTRINSIC = 0x1f
/** a value that the receiver turns into its own object */
export const FOREIGN = 0x20
/** string */
export const URL_OBJECT = 0x21
/** string */
export const URL_SEARCH = 0x22
/** strings message and name */
export const DOM_EXCEPTION = 0x23
/** varint length · that many values: an `arguments` object */
export const ARGUMENTS = 0x24
/** an ordinary object whose properties and prototype stand in its DRESSED contents */
export const BARE = 0x25
/** varint function: an object that the receiver's hook makes */
export const HIDDEN = 0x26
/** byte of flags (as of DRESSED) · target, `this` · varint count · arguments. Dress, if any, is deferred */
export const BOUND = 0x27
/** target · handler */
export const PROXY = 0x28
/** byte of flags · byte: 1 when rejected. What it is settled with, then its dress, are deferred */
export const PROMISE = 0x29

/** byte: which wrapper · varint count · its arguments. An object that a built-in makes may stand behind LATER */
export const WRAPPED = 0x2a
/** as ARGUMENTS: of a sloppy function, of which `callee` is an ordinary property */
export const SLOPPY_ARGUMENTS = 0x2b

/** before a container's header: its contents come later */
export const LATER = 0x30
/** byte of flags · header · contents · by flag: what is hidden (a value for the receiver's hook), properties, prototype, integrity */
export const DRESSED = 0x31

// Flags of DRESSED.
export const HAS_PROPERTIES = 1
export const HAS_PROTOTYPE = 2
export const HAS_HIDDEN = 16
/** two bits: 0 extensible, 1 not extensible, 2 sealed, 3 frozen */
export const INTEGRITY_SHIFT = 2

// Flags of one property.
export const ENUMERABLE = 1
export const CONFIGURABLE = 2
export const WRITABLE = 4
export const ACCESSOR = 8
