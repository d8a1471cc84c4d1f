import type { Class } from 'acorn'
import type { Callable } from '../../value/captured.ts'
import { functionText } from '../../value/captured.ts'
import { Refusal } from '../../value/value-error.ts'
import { type Extras, flag } from '../bundle-format.ts'
import { CaptureError } from '../capture-error.ts'
import { keyOfMember, memberText, textMembers } from '../source/class-code.ts'
import type { FunctionCode } from '../source/function-code.ts'
import { lengthOf } from '../source/private-members.ts'
import { anyHint } from '../words.ts'
import { displayName, isGiven, nameIn } from './function-name.ts'
import { privateStatics } from './private-classes.ts'
import type { PrivateFields } from './private-fields.ts'
import { superValues } from './super-values.ts'
import { superclassOf } from './superclass.ts'

/** What a function has beyond its text: properties that were put on it or its prototype, and what it inherits from. */
export function extrasOf(
  fn: Callable,
  code: FunctionCode,
  keys: readonly (string | symbol)[],
  privates: PrivateFields,
): Extras {
  const { syntax, script } = code
  const isClass = syntax.kind === 'class'
  const members = (ofStatic: boolean): ReadonlyMap<string | symbol, readonly string[]> =>
    isClass ? textMembers(syntax.node as never, script.source, ofStatic, keys) : none
  const own = propertiesOf(fn, members(true), (key, slot) => builtInKeys.has(key as string) && isUsual(key, slot, code))
  for (const key of ['length', 'name']) {
    if (!Object.hasOwn(fn, key) && !members(true).has(key)) own.push(key, flag.DELETED, undefined)
  }
  const prototype: unknown = Object.getOwnPropertyDescriptor(fn, 'prototype')?.value
  const inherits = inheritsFromText(fn, code) ? [] : [Object.getPrototypeOf(fn)]
  const level = levelOf(fn)
  let ofPrototype: unknown[] = []
  let replaced: unknown[] = []
  let prototypeInherits: unknown[] = []
  let prototypeLevel = 0
  if (isObject(prototype) && !cameWith(fn, prototype, isClass)) replaced = [prototype]
  else if (isObject(prototype)) {
    const constructs = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value === fn
    prototypeLevel = levelOf(prototype)
    const level = prototypeLevel
    ofPrototype = propertiesOf(prototype, members(false), (key, slot) => {
      return key === 'constructor' && constructs && isAsWritten(slot, level)
    })
    if (isClass && !Object.hasOwn(prototype, 'constructor')) ofPrototype.push('constructor', flag.DELETED, undefined)
    if (!prototypeInheritsFromText(fn, prototype, code)) prototypeInherits = [Object.getPrototypeOf(prototype)]
  }
  const statics = isClass ? privateStatics(fn, syntax.node as never) : superValues(fn, code)
  const layers = layersOf(fn, privates)
  const hidden = layers === undefined ? [] : [layers]
  const lists = [own, ofPrototype, replaced, inherits, prototypeInherits] as const
  const isBare = [...lists, statics, hidden].every(list => list.length === 0)
  if (isBare && level === 0 && prototypeLevel === 0) return undefined
  return [...lists, level, prototypeLevel, statics, hidden]
}

/** @throws {CaptureError} when whose they are can't be told */
function layersOf(fn: Callable, privates: PrivateFields): ReturnType<PrivateFields['layers']> {
  try {
    return privates.layers(fn, Object.getPrototypeOf(fn) as object | null)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new CaptureError(error.message, { path: [displayName(fn)], hint: error.hint ?? anyHint, cause: error })
  }
}

const none: ReadonlyMap<string | symbol, readonly string[]> = new Map()
/** Whether a name or a length is as every function has one: the name then travels apart, and the length is the text's. */
function isUsual(key: string | symbol, slot: PropertyDescriptor, { syntax }: FunctionCode): boolean {
  if (key === 'name') return typeof slot.value === 'string' && isGiven(slot)
  // Of a class it always is.
  if (key === 'prototype') return (slot.writable === true || syntax.kind === 'class') && isObject(slot.value)
  return key !== 'length' || (slot.value === lengthOf(syntax.node) && isGiven(slot))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

export function hasUsualLength(fn: Callable, code: FunctionCode): boolean {
  const slot = Object.getOwnPropertyDescriptor(fn, 'length')
  return slot !== undefined && isUsual('length', slot, code)
}

/** Every function has them. */
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
  members: ReadonlyMap<string | symbol, readonly string[]>,
  isBuiltIn: (key: string | symbol, slot: PropertyDescriptor) => boolean,
): unknown[] {
  const properties: unknown[] = []
  for (const key of Reflect.ownKeys(object)) {
    const slot = Object.getOwnPropertyDescriptor(object, key) as PropertyDescriptor
    const texts = members.get(key)
    if (isBuiltIn(key, slot) || (texts !== undefined && comesWith(texts, slot, object))) continue
    const bits =
      (slot.writable === true ? flag.WRITABLE : 0) |
      (slot.enumerable === true ? flag.ENUMERABLE : 0) |
      (slot.configurable === true ? flag.CONFIGURABLE : 0)
    // It is there, and what it is travels apart.
    if (key === 'prototype' && typeof object === 'function' && isObject(slot.value))
      properties.push(key, bits | flag.KEPT, undefined)
    else if ('value' in slot) properties.push(key, bits, slot.value)
    else properties.push(key, bits | flag.ACCESSOR, slot.get, slot.set)
  }
  for (const key of members.keys()) if (!Object.hasOwn(object, key)) properties.push(key, flag.DELETED, undefined)
  return properties
}

/** Of the functions that come with a class's text, those that have something beyond it themselves. */
export function membersWithMore(fn: Callable, code: FunctionCode, keys: readonly (string | symbol)[]): Callable[] {
  const node = code.syntax.node as Class
  const { source } = code.script
  const prototype: unknown = Object.getOwnPropertyDescriptor(fn, 'prototype')?.value
  const found: Callable[] = []
  for (const member of node.body.body) {
    if (member.type !== 'MethodDefinition' || member.kind === 'constructor') continue
    const key = keyOfMember(node, source, member, keys)
    if (key === undefined) continue
    const slot = Object.getOwnPropertyDescriptor(member.static ? fn : prototype, key)
    const there: unknown = slot?.[member.kind === 'method' ? 'value' : member.kind]
    if (typeof there !== 'function' || functionText(there) !== memberText(member, source)) continue
    const name = nameIn(key, member.kind === 'method' ? 'value' : (member.kind as 'get' | 'set'))
    if (hasMore(there, name, lengthOf(member.value))) found.push(there)
  }
  return found
}

/** Generators have a prototype besides. */
function hasMore(fn: Callable, name: string, length: number): boolean {
  const isAs = (key: string, value: unknown): boolean => {
    const slot = Object.getOwnPropertyDescriptor(fn, key)
    return slot !== undefined && slot.value === value && isGiven(slot)
  }
  const isUsual = isAs('name', name) && isAs('length', length)
  const isBare = Reflect.ownKeys(fn).length === (Object.hasOwn(fn, 'prototype') ? 3 : 2) && Object.isExtensible(fn)
  return !isUsual || !isBare || !functionPrototypes.includes(Object.getPrototypeOf(fn))
}

function comesWith(texts: readonly string[], slot: PropertyDescriptor, holder: object): boolean {
  return (
    isAsWritten(slot, levelOf(holder)) &&
    [slot.value, slot.get, slot.set].every(
      part => part === undefined || (typeof part === 'function' && texts.includes(functionText(part))),
    )
  )
}

/** Whether a member has the attributes that it gets from a class's text, or from limiting its holder. */
function isAsWritten({ enumerable, configurable, writable }: PropertyDescriptor, level: number): boolean {
  return enumerable === false && (configurable === true || level >= 2) && (writable !== false || level === 3)
}

/** Whether `prototype` is the object that was made with the function. */
function cameWith(fn: Callable, prototype: object, isClass: boolean): boolean {
  if (isClass || Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value === fn) return true
  return functionPrototypes.indexOf(Object.getPrototypeOf(fn)) >= 2 && !Object.hasOwn(prototype, 'constructor')
}

export function inheritsFromText(fn: Callable, code: FunctionCode): boolean {
  if (code.derived) return superclassOf(fn, code) !== undefined || Object.getPrototypeOf(fn) === Function.prototype
  return functionPrototypes.includes(Object.getPrototypeOf(fn))
}

function prototypeInheritsFromText(fn: Callable, prototype: object, code: FunctionCode): boolean {
  const above: unknown = Object.getPrototypeOf(prototype)
  if (!code.derived) return above === Object.prototype || generatorPrototypes.includes(above)
  const superclass = superclassOf(fn, code)
  return above === (superclass === undefined ? null : Object.getOwnPropertyDescriptor(superclass, 'prototype')?.value)
}

function levelOf(object: object): number {
  if (Object.isExtensible(object)) return 0
  // V8 counts a sealed function as frozen whose prototype can still be set.
  const canSet = typeof object === 'function' && Object.getOwnPropertyDescriptor(object, 'prototype')?.writable === true
  if (Object.isFrozen(object) && !canSet) return 3
  return Object.isSealed(object) ? 2 : 1
}
