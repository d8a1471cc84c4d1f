import * as own from './captured.ts'

/**
 * Whether an array has a plain value in every slot and nothing besides, so that its elements tell all of it.
 */
export function isDense(array: readonly unknown[]): boolean {
  if (!own.isExtensible(array) || own.getOwnPropertySymbols(array).length > 0) return false
  const { length } = array
  if (own.getOwnPropertyNames(array).length !== length + 1) return false
  for (let index = 0; index < length; index++) {
    const slot = own.getOwnPropertyDescriptor(array, index)
    if (slot === undefined || slot.writable !== true || slot.enumerable !== true || slot.configurable !== true) return false
  }
  return own.getOwnPropertyDescriptor(array, 'length')?.writable === true
}
