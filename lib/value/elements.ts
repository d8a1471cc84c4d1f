import { inspect } from 'node:util'
import * as own from './captured.ts'
import { elementsKind, HOLEY, PACKED } from './elements-kind.ts'
import type { Encoding } from './encoding.ts'

// As constants of this file, they are called directly by optimised code.
const { getOwnPropertyDescriptor, hasOwn, isExtensible, ownKeys } = own

/** From this length on, asking for all keys costs more than `inspect`, which takes 3 µs whatever the length. */
const LONG_ARRAY = 32

const onlyExtras = {
  maxArrayLength: 0,
  showHidden: true,
  depth: 0,
  customInspect: false,
  getters: false,
  showProxy: false,
  colors: false,
  sorted: false,
  numericSeparator: false,
  breakLength: Number.POSITIVE_INFINITY,
  compact: 3,
  maxStringLength: 0,
}

/**
 * Reads an array that has an ordinary value in every slot and nothing besides: puts its elements on the stack. False for any
 * other. Runs no getter.
 */
export function readElements(encoding: Encoding, array: readonly unknown[]): boolean {
  if (!isExtensible(array)) return false
  const { length } = array
  if (getOwnPropertyDescriptor(array, 'length')?.writable !== true) return false
  const hasExtras = length < LONG_ARRAY ? ownKeys(array).length !== length + 1 : showsExtras(array)
  if (hasExtras) return false
  const kind = elementsKind(array)
  if (kind !== PACKED && kind !== HOLEY) return readUsualElements(encoding, array)
  for (let index = 0; index < length; index++) {
    // Prototypes may have a getter for it.
    if (kind === HOLEY && !hasOwn(array, index)) return false
    encoding.values[encoding.top++] = array[index]
  }
  return true
}

function readUsualElements(encoding: Encoding, array: readonly unknown[]): boolean {
  for (let index = 0; index < array.length; index++) {
    const slot = getOwnPropertyDescriptor(array, index)
    if (slot?.writable !== true || slot.enumerable !== true || slot.configurable !== true) return false
    encoding.values[encoding.top++] = slot.value
  }
  return true
}

// No public call lists the named properties of an array without its indices, but `inspect` prints them. It reads
// `constructor`, so an array with one of its own is not shown to it.
function showsExtras(array: readonly unknown[]): boolean {
  if (own.hasOwn(array, 'constructor') || own.getOwnPropertySymbols(array).length > 0) return true
  return inspect(array, onlyExtras) !== `[ ... ${array.length} more items, [length]: ${array.length} ]`
}

/** Keys of a typed array that are no indices. */
export function namedKeys(view: object): PropertyKey[] {
  const length = own.view.length(view)
  if (length < LONG_ARRAY || own.hasOwn(view, 'constructor')) return own.ownKeys(view).slice(length)
  const symbols = own.getOwnPropertySymbols(view)
  if (symbols.length === 0 && own.isExtensible(view) && endsWithElements.test(inspect(view, onlyEnumerable))) return []
  return own.ownKeys(view).slice(length)
}

// Hidden properties of a long typed array are not looked for: to list them is to list its indices.
const onlyEnumerable = { ...onlyExtras, showHidden: false }
const endsWithElements = /^[^[]*(\[\w+\] )?\[ \.\.\. \d+ more items? \]$/
