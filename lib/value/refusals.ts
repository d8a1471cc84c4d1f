import * as own from './captured.ts'
import { intrinsicClassOf } from './intrinsics.ts'
import { handleWords, refusalWords } from './refusal-words.ts'
import { Refusal } from './value-error.ts'

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
  // What is below these and is no function and no iterator of the language has no state of one, as what esbuild's `__toESM`
  // makes of a function, and what Babel makes of a generator function.
  if (name !== undefined && name !== 'Function' && name !== 'Iterator') throw refusal(object, name)
}

function refusal(object: object, name: string): Refusal {
  const { why, hint } = refusalWords[/Iterator(Helper)?$/.test(name) ? 'Iterator' : name] ?? handleWords(name)
  return new Refusal(object, why, hint)
}
