import { types } from 'node:util'
import { uncurried } from './captured-base.ts'

export * from './captured-base.ts'

/* @__NO_SIDE_EFFECTS__ */
function getter<Self, Result>(prototype: object, key: string | symbol): (self: Self) => Result {
  const { get } = Object.getOwnPropertyDescriptor(prototype, key) as { get: (this: Self) => Result }
  return uncurried(get)
}

const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object
export const view = {
  /** `Uint8Array`, … of a typed array; undefined of anything else. */
  kind: getter<object, string | undefined>(typedArray, Symbol.toStringTag),
  buffer: getter<object, ArrayBufferLike>(typedArray, 'buffer'),
  offset: getter<object, number>(typedArray, 'byteOffset'),
  bytes: getter<object, number>(typedArray, 'byteLength'),
  length: getter<object, number>(typedArray, 'length'),
}
export const dataView = {
  buffer: getter<object, ArrayBufferLike>(DataView.prototype, 'buffer'),
  offset: getter<object, number>(DataView.prototype, 'byteOffset'),
  bytes: getter<object, number>(DataView.prototype, 'byteLength'),
}
export const arrayBuffer = {
  bytes: getter<object, number>(ArrayBuffer.prototype, 'byteLength'),
  maxBytes: getter<object, number>(ArrayBuffer.prototype, 'maxByteLength'),
  resizable: getter<object, boolean>(ArrayBuffer.prototype, 'resizable'),
  detached: getter<object, boolean>(ArrayBuffer.prototype, 'detached'),
}
export const map = {
  size: getter<object, number>(Map.prototype, 'size'),
  forEach: uncurried(Map.prototype.forEach) as <K, V>(map: object, visit: (value: V, key: K) => void) => void,
}
export const set = {
  size: getter<object, number>(Set.prototype, 'size'),
  forEach: uncurried(Set.prototype.forEach) as <V>(set: object, visit: (value: V) => void) => void,
}
export const dateTime = uncurried(Date.prototype.getTime) as (date: object) => number
export const regexp = {
  source: getter<object, string>(RegExp.prototype, 'source'),
  /** Bit by bit, as the `flags` getter asks the object itself. */
  flag: {
    d: getter<object, boolean>(RegExp.prototype, 'hasIndices'),
    g: getter<object, boolean>(RegExp.prototype, 'global'),
    i: getter<object, boolean>(RegExp.prototype, 'ignoreCase'),
    m: getter<object, boolean>(RegExp.prototype, 'multiline'),
    s: getter<object, boolean>(RegExp.prototype, 'dotAll'),
    u: getter<object, boolean>(RegExp.prototype, 'unicode'),
    v: getter<object, boolean>(RegExp.prototype, 'unicodeSets'),
    y: getter<object, boolean>(RegExp.prototype, 'sticky'),
  },
}
export const unboxed = {
  number: uncurried(Number.prototype.valueOf) as (box: object) => number,
  string: uncurried(String.prototype.valueOf) as (box: object) => string,
  boolean: uncurried(Boolean.prototype.valueOf) as (box: object) => boolean,
  bigint: uncurried(BigInt.prototype.valueOf) as (box: object) => bigint,
  symbol: uncurried(Symbol.prototype.valueOf) as (box: object) => symbol,
}
export const symbolDescription = getter<symbol, string | undefined>(Symbol.prototype, 'description')
export const urlText = uncurried(URL.prototype.toString) as (url: object) => string
export const searchOf = getter<object, object>(URL.prototype, 'searchParams')
const { append, forEach, toString: text } = URLSearchParams.prototype
/** Of a copy, as Node would keep the text with the original. */
export function searchText(search: object): string {
  const copy = new URLSearchParams()
  const add = (value: string, name: string): void => Reflect.apply(append, copy, [name, value]) as undefined
  Reflect.apply(forEach, search, [add])
  return Reflect.apply(text, copy, []) as string
}
export const { TextDecoder, TextEncoder } = globalThis
export const textDecoder = {
  encoding: getter<object, string>(TextDecoder.prototype, 'encoding'),
  fatal: getter<object, boolean>(TextDecoder.prototype, 'fatal'),
  ignoreBOM: getter<object, boolean>(TextDecoder.prototype, 'ignoreBOM'),
}
export const domException = {
  message: getter<object, string>(DOMException.prototype, 'message'),
  name: getter<object, string>(DOMException.prototype, 'name'),
}

export const {
  isMap,
  isSet,
  isDate,
  isRegExp,
  isNativeError,
  isAnyArrayBuffer,
  isSharedArrayBuffer,
  isBoxedPrimitive,
  isNumberObject,
  isStringObject,
  isBooleanObject,
  isBigIntObject,
  isArgumentsObject,
  isPromise,
  isWeakMap,
  isWeakSet,
  isGeneratorObject,
  isMapIterator,
  isSetIterator,
  isModuleNamespaceObject,
  isExternal,
  isKeyObject,
  isCryptoKey,
} = types
export const isView = ArrayBuffer.isView
export const clone = structuredClone
