import type { AnyNode } from 'acorn'
import type { Callable } from '../../value/captured.ts'
import { functionText } from '../../value/captured.ts'
import { CaptureError } from '../capture-error.ts'
import { resolve, type Scope } from '../names/scope.ts'
import { type ComputedMember, classCode } from '../source/class-code.ts'
import type { FunctionCode } from '../source/function-code.ts'
import { type LiveScope, levelOf } from '../source/inspector.ts'
import { placeOf } from '../source/script.ts'
import { displayName } from './function-name.ts'

/**
 * What the computed keys of a class came to be. Those of methods and accessors are found on the class itself, by the
 * texts of its functions. Those of fields are known to V8 alone, so they are read where they are variables.
 * @throws {CaptureError} for a field whose key can't be read
 */
export function computedKeys(fn: Callable, code: FunctionCode, scopes: readonly LiveScope[]): (string | symbol)[] {
  if (code.syntax.kind !== 'class') return []
  const { computed } = classCode(code.syntax.node as never, code.script.source)
  const taken = new Set<string>()
  return computed.map(({ member, text }, index) => {
    if (member.type === 'MethodDefinition') return keyOfMethod(fn, { member, text }, taken) ?? `picloud$gone${index}`
    const key = keyFrom(member.key, code.syntax.scope, scopes)
    if (key !== undefined) return typeof key === 'symbol' ? key : String(key)
    throw new CaptureError('the key of a field in it is computed, and what it came to be can’t be read', {
      path: [displayName(fn)],
      place: placeOf(code.script, member.start),
      hint: 'Set it in the constructor: `this[key] = value`.',
    })
  })
}

/** Undefined when the program took it away, or another member stands under its key. */
function keyOfMethod(fn: Callable, { member, text }: ComputedMember, taken: Set<string>): string | symbol | undefined {
  const holder: unknown = member.static ? fn : Object.getOwnPropertyDescriptor(fn, 'prototype')?.value
  const part = member.type === 'MethodDefinition' && member.kind !== 'method' ? member.kind : 'value'
  for (const key of Reflect.ownKeys(holder as object)) {
    const found: unknown = Object.getOwnPropertyDescriptor(holder, key)?.[part as 'value']
    const mark = `${member.static ? 'static ' : ''}${part} ${typeof key === 'symbol' ? indexOf(holder as object, key) : `"${key}`}`
    if (typeof found !== 'function' || taken.has(mark) || functionText(found) !== text) continue
    taken.add(mark)
    return key
  }
  return undefined
}

function indexOf(holder: object, key: symbol): number {
  return Object.getOwnPropertySymbols(holder).indexOf(key)
}

/** Constants that lead to one another end here. */
const MAX_STEPS = 20

/** Of constants and what is added up of them, and of an item of a list of ours. */
function keyFrom(key: AnyNode, scope: Scope, scopes: readonly LiveScope[], left = MAX_STEPS): unknown {
  if (left === 0) return undefined
  const part = (node: AnyNode, of = scope): unknown => keyFrom(node, of, scopes, left - 1)
  switch (key.type) {
    case 'Literal':
      return isKey(key.value) ? key.value : undefined
    case 'TemplateLiteral': {
      const parts = key.quasis.flatMap(({ value }, at) => [
        value.cooked,
        ...key.expressions.slice(at, at + 1).map(it => part(it)),
      ])
      return parts.every(isText) ? parts.join('') : undefined
    }
    case 'BinaryExpression':
      return key.operator === '+' ? sumOf(part(key.left as AnyNode), part(key.right)) : undefined
    case 'MemberExpression':
      return itemFrom(key, scope, scopes)
    case 'Identifier': {
      const value = read(key.name, scope, scopes)
      if (value !== undefined) return isKey(value) ? value : undefined
      // A variable that no function uses V8 does not list.
      const binding = resolve(scope, key.name)
      return binding?.kind === 'const' && !binding.assigned && binding.init
        ? part(binding.init, binding.scope)
        : undefined
    }
    default:
      return undefined
  }
}

function sumOf(one: unknown, other: unknown): unknown {
  return isText(one) && isText(other) ? (one as string) + (other as string) : undefined
}

function itemFrom(
  { object, property, computed }: Extract<AnyNode, { type: 'MemberExpression' }>,
  scope: Scope,
  scopes: readonly LiveScope[],
): unknown {
  if (!computed || property.type !== 'Literal' || object.type !== 'Identifier') return undefined
  const list = read(object.name, scope, scopes)
  return Array.isArray(list) ? Object.getOwnPropertyDescriptor(list, Number(property.value))?.value : undefined
}

function isText(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

function isKey(value: unknown): value is string | number | symbol {
  return isText(value) || typeof value === 'symbol'
}

function read(name: string, scope: Scope, scopes: readonly LiveScope[]): unknown {
  const binding = resolve(scope, name)
  const level = levelOf(scopes, name)
  if (binding === undefined || binding.assigned || level < 0) return undefined
  try {
    return scopes[level]?.object[name]
  } catch {
    return undefined
  }
}
