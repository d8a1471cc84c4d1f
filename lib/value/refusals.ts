import * as own from './captured.ts'
import { intrinsicClassOf } from './intrinsics.ts'
import { Refusal } from './value-error.ts'

/** Why objects of the built-in classes can't travel, and what to do instead. By name of the class. */
const reasons: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  WeakMap: ['a WeakMap can’t be sent, as its entries can’t be listed', 'Use a Map, or make it where it is used.'],
  WeakSet: ['a WeakSet can’t be sent, as its items can’t be listed', 'Use a Set, or make it where it is used.'],
  WeakRef: ['a WeakRef can’t be sent, as what it points to may be gone', 'Send the object itself.'],
  FinalizationRegistry: [
    'a FinalizationRegistry can’t be sent, as it watches objects of this process',
    'Make one in the job.',
  ],
  Promise: ['a promise can’t be sent, as it settles in this process', 'Await it first and send its value.'],
  generator: ['a generator can’t be sent, as where it stands can’t be read', 'Send its items: [...generator].'],
  Iterator: ['an iterator can’t be sent, as where it stands can’t be read', 'Send its items: [...iterator].'],
  namespace: ['a module namespace can’t be sent as data', 'Import the module where it is used.'],
}

/** For objects with inner state that are none of the bases. */
export function refuseOther(object: object): never {
  throw refusal(object, stateOf(object))
}

function stateOf(object: object): string {
  if (own.isPromise(object)) return 'Promise'
  if (own.isWeakMap(object)) return 'WeakMap'
  if (own.isWeakSet(object)) return 'WeakSet'
  if (own.isGeneratorObject(object)) return 'generator'
  if (own.isMapIterator(object) || own.isSetIterator(object)) return 'Iterator'
  if (own.isModuleNamespaceObject(object)) return 'namespace'
  return 'native object'
}

/** An object below a built-in class has state that its properties don't show. */
export function refuseOrdinary(object: object, prototype: object): void {
  const name = intrinsicClassOf(prototype)
  if (name !== undefined) throw refusal(object, name)
}

function refusal(object: object, name: string): Refusal {
  const known = reasons[/Iterator(Helper)?$/.test(name) ? 'Iterator' : name]
  if (known !== undefined) return new Refusal(object, ...known)
  const hint = 'Send the data that it was made from, and make it in the job.'
  return new Refusal(
    object,
    `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name} can’t be sent, as it holds state of this process`,
    hint,
  )
}
