import type { Callable } from './captured.ts'
import * as own from './captured.ts'
import { messageOf } from './encode-class.ts'
import { encodeDressed } from './encode-dressed.ts'
import { encodeInner } from './encode-inside.ts'
import { encodeHeld, writeStandIn } from './encode-stand-in.ts'
import type { Encoding } from './encoding.ts'
import type { Inside } from './inside.ts'
import { intrinsicName } from './intrinsics.ts'
import * as tag from './tags.ts'

export function encodeFunction(encoding: Encoding, fn: Callable, depth: number): void {
  if (encoding.level === 2) encoding.refuse(fn, 'fastSerialization: 2 takes plain data only, and this is a function')
  const name = intrinsicName(fn)
  if (name !== undefined) {
    encoding.byte(tag.INTRINSIC)
    return encoding.string(name)
  }
  const { functions } = encoding.options
  if (functions === undefined) {
    encoding.refuse(fn, 'a function can’t be sent here', 'Send the data that it needs, or what it returns.')
  }
  let id: number | Inside
  try {
    id = functions(fn, 'value')
  } catch (cause) {
    encoding.refuse(fn, `a function can’t be sent: ${messageOf(cause)}`, undefined, cause)
  }
  if (typeof id === 'number') encoding.tagged(tag.FUNCTION, id)
  else encodeInner(encoding, fn, id, depth, encodeDressed)
}

const knownSymbols = new Map<symbol, string>()
for (const name of own.getOwnPropertyNames(Symbol)) {
  const symbol: unknown = own.getOwnPropertyDescriptor(Symbol, name)?.value
  if (typeof symbol === 'symbol') knownSymbols.set(symbol, name)
}

export function encodeSymbol(encoding: Encoding, symbol: symbol): void {
  if (encoding.level === 2) encoding.refuse(symbol, 'fastSerialization: 2 takes plain data only, and this is a symbol')
  const key = Symbol.keyFor(symbol)
  const name = key ?? knownSymbols.get(symbol)
  if (name !== undefined) {
    encoding.byte(key === undefined ? tag.SYMBOL_KNOWN : tag.SYMBOL_REGISTERED)
    return encoding.string(name)
  }
  const known = encoding.numberOf(symbol)
  if (known >= 0) return encoding.tagged(tag.REF, known)
  if (encodeHeld(encoding, symbol)) return
  const standIn = encoding.options.symbols?.(symbol)
  if (standIn !== undefined) return writeStandIn(encoding, standIn)
  encoding.hasSymbols = true
  encoding.byte(tag.SYMBOL_UNIQUE)
  encoding.value(own.symbolDescription(symbol), 0)
}

/** Writes the stand-in of a foreign object, or an array that grows meanwhile; false for any other. */
export function encodeForeign(encoding: Encoding, object: object, depth: number): boolean {
  if (object === encoding.options.growing) return encodeGrowing(encoding, encoding.options.growing, depth)
  const standIn = encoding.options.foreign?.(object)
  if (standIn === undefined) return false
  writeStandIn(encoding, standIn)
  return true
}

function encodeGrowing(encoding: Encoding, list: readonly unknown[], depth: number): true {
  encoding.byte(tag.ARRAY)
  const count = encoding.room()
  for (let index = 0; index < list.length; index++) encoding.value(list[index], depth + 1)
  encoding.fill(count, list.length)
  return true
}
