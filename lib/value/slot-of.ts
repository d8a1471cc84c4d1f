import * as own from './captured.ts'

/** V8 since 13 keeps an error's stack behind an accessor of its own, one and the same function for all errors. */
const stackGetter = own.getOwnPropertyDescriptor(new Error(), 'stack')?.get

/** A property as it travels: an error's stack as the text that it is, whatever V8 makes of it. */
export function slotOf(object: object, key: PropertyKey): PropertyDescriptor {
  const slot = own.getOwnPropertyDescriptor(object, key) as PropertyDescriptor
  if (stackGetter === undefined || slot.get !== stackGetter) return slot
  const { enumerable = false, configurable = true } = slot
  return { value: Reflect.apply(stackGetter, object, []) as unknown, writable: true, enumerable, configurable }
}
