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

/** Of a name that is assigned once, and of an item of a list of ours. */
function keyFrom(key: AnyNode, scope: Scope, scopes: readonly LiveScope[]): unknown {
  if (key.type === 'TemplateLiteral' && key.expressions.length === 0) return key.quasis[0]?.value.cooked
  if (key.type === 'MemberExpression' && key.computed && key.property.type === 'Literal') {
    const list = key.object.type === 'Identifier' ? read(key.object.name, scope, scopes) : undefined
    const item = Number(key.property.value)
    return Array.isArray(list) ? Object.getOwnPropertyDescriptor(list, item)?.value : undefined
  }
  const value = key.type === 'Identifier' ? read(key.name, scope, scopes) : undefined
  return typeof value === 'string' || typeof value === 'symbol' || typeof value === 'number' ? value : undefined
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
