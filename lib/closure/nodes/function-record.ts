import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { functionText } from '../../value/captured.ts'
import { intrinsicName } from '../../value/intrinsics.ts'
import { type Extras, flag } from '../bundle-format.ts'
import { textMembers } from '../source/class-code.ts'
import type { FunctionCode } from '../source/function-code.ts'

/** What a function has beyond its text: properties that were put on it or its prototype, and what it inherits from. */
export function extrasOf(fn: Callable, code: FunctionCode): Extras {
  const { syntax, script } = code
  const isClass = syntax.kind === 'class'
  const members = (ofStatic: boolean): ReadonlyMap<string, readonly string[]> =>
    isClass ? textMembers(syntax.node as never, script.source, ofStatic) : none
  const own = propertiesOf(fn, members(true), key => builtInKeys.has(key as string))
  const prototype: unknown = Object.getOwnPropertyDescriptor(fn, 'prototype')?.value
  const inherits = inheritsFromText(fn, code) ? [] : [Object.getPrototypeOf(fn)]
  const level = levelOf(fn)
  let ofPrototype: unknown[] = []
  let replaced: unknown[] = []
  let prototypeInherits: unknown[] = []
  let prototypeLevel = 0
  if (typeof prototype === 'object' && prototype !== null && !cameWith(fn, prototype, syntax.kind === 'class'))
    replaced = [prototype]
  else if (typeof prototype === 'object' && prototype !== null) {
    const constructs = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value === fn
    ofPrototype = propertiesOf(prototype, members(false), key => key === 'constructor' && constructs)
    if (!prototypeInheritsFromText(fn, prototype, code)) prototypeInherits = [Object.getPrototypeOf(prototype)]
    prototypeLevel = levelOf(prototype)
  }
  const lists = [own, ofPrototype, replaced, inherits, prototypeInherits] as const
  if (lists.every(list => list.length === 0) && level === 0 && prototypeLevel === 0) return undefined
  return [...lists, level, prototypeLevel]
}

const none: ReadonlyMap<string, readonly string[]> = new Map()
/** Every function has them; `name` travels apart. */
const builtInKeys = new Set(['length', 'name', 'prototype', 'arguments', 'caller'])
const generatorPrototypes: readonly unknown[] = [
  Object.getPrototypeOf(function* () {}).prototype,
  Object.getPrototypeOf(async function* () {}).prototype,
]
const functionPrototypes: readonly unknown[] = [
  Function.prototype,
  Object.getPrototypeOf(async () => undefined),
  Object.getPrototypeOf(function* () {}),
  Object.getPrototypeOf(async function* () {}),
]

/** Key, flags, value (or getter and setter) of each property, in turns; without those that come with the text. */
function propertiesOf(
  object: object,
  members: ReadonlyMap<string, readonly string[]>,
  isBuiltIn: (key: string | symbol) => boolean,
): unknown[] {
  const properties: unknown[] = []
  for (const key of Reflect.ownKeys(object)) {
    const slot = Object.getOwnPropertyDescriptor(object, key) as PropertyDescriptor
    const texts = members.get(typeof key === 'symbol' ? (key.description ?? '') : key)
    if (isBuiltIn(key) || (texts !== undefined && comesWith(texts, slot))) continue
    const bits =
      (slot.writable === true ? flag.WRITABLE : 0) |
      (slot.enumerable === true ? flag.ENUMERABLE : 0) |
      (slot.configurable === true ? flag.CONFIGURABLE : 0)
    if ('value' in slot) properties.push(key, bits, slot.value)
    else properties.push(key, bits | flag.ACCESSOR, slot.get, slot.set)
  }
  return properties
}

function comesWith(texts: readonly string[], slot: PropertyDescriptor): boolean {
  return [slot.value, slot.get, slot.set].every(
    part => part === undefined || (typeof part === 'function' && texts.includes(functionText(part))),
  )
}

/** Whether `prototype` is the object that was made with the function. */
function cameWith(fn: Callable, prototype: object, isClass: boolean): boolean {
  if (isClass || Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value === fn) return true
  return functionPrototypes.indexOf(Object.getPrototypeOf(fn)) >= 2 && !Object.hasOwn(prototype, 'constructor')
}

function inheritsFromText(fn: Callable, code: FunctionCode): boolean {
  // A derived class is made with its present superclass, if that is there before its data are.
  const above: unknown = Object.getPrototypeOf(fn)
  if (code.derived) return !isWrapped(above)
  return functionPrototypes.includes(above)
}

/** A proxy, or a bound function. */
function isWrapped(above: unknown): boolean {
  if (typeof above !== 'function') return false
  return types.isProxy(above) || (functionText(above) === BOUND_TEXT && intrinsicName(above) === undefined)
}

const BOUND_TEXT = 'function () { [native code] }'

function prototypeInheritsFromText(fn: Callable, prototype: object, code: FunctionCode): boolean {
  const above: unknown = Object.getPrototypeOf(prototype)
  if (!code.derived) return above === Object.prototype || above === null || generatorPrototypes.includes(above)
  const superclass = Object.getPrototypeOf(fn) as object
  return !isWrapped(superclass) && Object.getOwnPropertyDescriptor(superclass, 'prototype')?.value === above
}

function levelOf(object: object): number {
  if (Object.isExtensible(object)) return 0
  if (Object.isFrozen(object)) return 3
  return Object.isSealed(object) ? 2 : 1
}

/** The name that V8 gives to what the text makes where the emitted script puts it; undefined where that is not known. */
export function nameOf(fn: Callable): string | undefined {
  if (types.isProxy(fn)) return undefined
  const slot = Object.getOwnPropertyDescriptor(fn, 'name')
  return typeof slot?.value === 'string' ? slot.value : undefined
}
