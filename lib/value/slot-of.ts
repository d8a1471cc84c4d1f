import * as own from './captured.ts'
import { valueAt } from './inside.ts'

/** V8 since 13 keeps an error's stack behind an accessor of its own, one and the same function for all errors. */
const stackGetter = own.getOwnPropertyDescriptor(new Error(), 'stack')?.get

/** A property as it travels: an error's stack as the text that it is, whatever V8 makes of it. Runs no getter of the user's. */
export function slotOf(object: object, key: PropertyKey): PropertyDescriptor {
  const slot = own.getOwnPropertyDescriptor(object, key) as PropertyDescriptor
  if (stackGetter === undefined || slot.get !== stackGetter) return slot
  const { enumerable = false, configurable = true } = slot
  return { value: stackOf(object, stackGetter), writable: true, enumerable, configurable }
}

// Whoever first asks for the stack has it made, and its first line is of the name and message. Where the user's getters
// would tell these, what they stand for is put before them: the class's name, and no message.
function stackOf(error: object, read: () => unknown): unknown {
  const covers = [
    ['name', nameOfClass],
    ['message', () => ''],
  ] as const
  const hidden = covers.filter(([key]) => valueAt(error, key) === valueAt)
  if (hidden.length === 0) return Reflect.apply(read, error, [])
  if (!own.isExtensible(error) || hidden.some(([key]) => own.hasOwn(error, key)) || isBelowProxy(error)) {
    return nameOfClass(error)
  }
  for (const [key, value] of hidden) own.defineProperty(error, key, { value: value(error), configurable: true })
  try {
    return Reflect.apply(read, error, [])
  } finally {
    for (const [key] of hidden) Reflect.deleteProperty(error, key)
  }
}

function nameOfClass(error: object): string {
  const owner = valueAt(error, 'constructor')
  const name = typeof owner === 'function' && owner !== valueAt ? valueAt(owner, 'name') : undefined
  return typeof name === 'string' ? name : 'Error'
}

function isBelowProxy(object: object): boolean {
  let above: object | null = object
  while (above !== null && !own.isProxy(above)) above = own.getPrototypeOf(above) as object | null
  return above !== null
}
