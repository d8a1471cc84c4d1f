import type { Class, MethodDefinition } from 'acorn'
import type { Callable } from '../../value/captured.ts'
import { functionText } from '../../value/captured.ts'
import { textMembers } from '../source/class-code.ts'
import { answerFromPause } from '../source/paused-frame.ts'
import { privateMembers } from '../source/private-members.ts'
import { watchedFromOutside } from '../source/watched-from-outside.ts'

/** Reads and writes the private fields of one class, as its own methods would. */
export interface PrivateAccess {
  /** Whether the class gave the object its private members. */
  has(object: object): boolean
  /** In the order of the class's text; undefined for an object that has not all of them. */
  read(object: object): readonly unknown[] | undefined
  write(object: object, values: readonly unknown[]): void
}

const known = new WeakMap<Callable, PrivateAccess | undefined>()

/**
 * A private name means something inside of its class alone. So a method of the class is stopped before its first step,
 * once, and functions are made there that see its private names; they serve from then on. Where there is none, an
 * arrow function that the class gave an object. Undefined for a class without any, and where a debugger is attached.
 * @param made an object that the class just made
 */
export function privateAccess(fn: Callable, node: Class, source: string, made?: object): PrivateAccess | undefined {
  const before = known.get(fn)
  if (before !== undefined || (made === undefined && known.has(fn))) return before
  if (watchedFromOutside()) return undefined
  const method = stoppable(fn, node, source) ?? (made && stoppableField(made, node, source))
  const found = method && answerFromPause(method, frame => frame.read(accessText(node)))
  const access = found?.value as PrivateAccess | undefined
  known.set(fn, access)
  return access
}

function accessText(node: Class): string {
  const { fields, methods } = privateMembers(node)
  const all = fields.map(name => `${name} in it`).join(' && ')
  const reads = fields.map(name => `it.${name}`).join(', ')
  const writes = fields.map((name, index) => `it.${name} = values[${index}]`).join(', ')
  const [first] = [...fields, ...methods]
  return `({ has: it => ${first} in it, read: it => ${fields.length === 0 ? '' : `!(${all}) ? undefined : `}[${reads}], write: (it, values) => [${writes}] })`
}

/** A function of the class's own text that stops at its first step: see `canPause`. */
function stoppable(fn: Callable, node: Class, source: string): Callable | undefined {
  for (const ofStatic of [false, true]) {
    const holder: unknown = ofStatic ? fn : Object.getOwnPropertyDescriptor(fn, 'prototype')?.value
    const members = textMembers(node, source, ofStatic, [])
    const simple = node.body.body.filter((it): it is MethodDefinition => isSimple(it as MethodDefinition))
    const texts = simple.map(({ start, end }) => source.slice(start, end).replace(/^static\s+/, ''))
    for (const key of members.keys()) {
      const slot = Object.getOwnPropertyDescriptor(holder, key)
      for (const part of [slot?.value, slot?.get, slot?.set] as unknown[]) {
        if (typeof part === 'function' && texts.includes(functionText(part))) return part
      }
    }
  }
  return undefined
}

/** Of an object that the class just made, an arrow function that its text gives each. */
function stoppableField(made: object, node: Class, source: string): Callable | undefined {
  for (const member of node.body.body) {
    if (member.type !== 'PropertyDefinition' || member.static || member.computed) continue
    const { key, value } = member
    if (key.type !== 'Identifier' || value?.type !== 'ArrowFunctionExpression') continue
    const there: unknown = Object.getOwnPropertyDescriptor(made, key.name)?.value
    const isSimple = value.params.every(param => param.type === 'Identifier')
    if (isSimple && typeof there === 'function' && functionText(there) === source.slice(value.start, value.end))
      return there
  }
  return undefined
}

function isSimple({ type, value, key }: MethodDefinition): boolean {
  if (type !== 'MethodDefinition' || key.type === 'PrivateIdentifier' || value.generator) return false
  return value.params.every(param => param.type === 'Identifier')
}
