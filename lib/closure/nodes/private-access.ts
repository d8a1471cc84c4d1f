import type { Class, MethodDefinition } from 'acorn'
import type { Callable } from '../../value/captured.ts'
import { functionText } from '../../value/captured.ts'
import { textMembers } from '../source/class-code.ts'
import { lookInside } from '../source/inspector.ts'
import { answerFrom } from '../source/paused-frame.ts'
import { privateMembers } from '../source/private-members.ts'
import { syntaxAt } from '../source/script.ts'
import { watchedFromOutside } from '../source/watched-from-outside.ts'
import { displayName } from './function-name.ts'

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
  const access = accessFrom(stoppable(fn, node, source, made), node)
  known.set(fn, access)
  return access
}

/** Access that there is already. */
export function madeAccess(fn: Callable): PrivateAccess | undefined {
  return known.get(fn)
}

function accessFrom(methods: Iterable<Callable>, node: Class): PrivateAccess | undefined {
  for (const method of methods) {
    const { location } = lookInside(method)
    if (location === undefined) continue
    const syntax = syntaxAt(location, functionText(method), displayName(method))
    const found = answerFrom(method, syntax, frame => frame.read(accessText(node)))
    if (found !== undefined) return found.value as PrivateAccess
  }
  return undefined
}

function accessText(node: Class): string {
  const { fields, methods } = privateMembers(node)
  const all = fields.map(name => `${name} in it`).join(' && ')
  const reads = fields.map(name => `it.${name}`).join(', ')
  const writes = fields.map((name, index) => `it.${name} = values[${index}]`).join(', ')
  const [first] = [...fields, ...methods]
  return `({ has: it => ${first} in it, read: it => ${fields.length === 0 ? '' : `!(${all}) ? undefined : `}[${reads}], write: (it, values) => [${writes}] })`
}

/** Functions of the class's own text that may stop before they do anything: those with plain parameters first. */
function* stoppable(fn: Callable, node: Class, source: string, made: object | undefined): Generator<Callable> {
  const methods = node.body.body.filter((it): it is MethodDefinition => isMethod(it as MethodDefinition))
  const simple = methods.filter(({ value }) => value.params.every(({ type }) => type === 'Identifier'))
  yield* methodsOf(fn, node, source, simple)
  const field = made && stoppableField(made, node, source)
  if (field !== undefined) yield field
  yield* methodsOf(
    fn,
    node,
    source,
    methods.filter(it => !simple.includes(it)),
  )
}

function* methodsOf(
  fn: Callable,
  node: Class,
  source: string,
  methods: readonly MethodDefinition[],
): Generator<Callable> {
  const texts = methods.map(({ start, end }) => source.slice(start, end).replace(/^static\s+/, ''))
  for (const ofStatic of [false, true]) {
    const holder: unknown = ofStatic ? fn : Object.getOwnPropertyDescriptor(fn, 'prototype')?.value
    for (const key of textMembers(node, source, ofStatic, []).keys()) {
      const slot = Object.getOwnPropertyDescriptor(holder, key)
      for (const part of [slot?.value, slot?.get, slot?.set] as unknown[]) {
        if (typeof part === 'function' && texts.includes(functionText(part))) yield part
      }
    }
  }
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

function isMethod({ type, value, key }: MethodDefinition): boolean {
  return type === 'MethodDefinition' && key.type !== 'PrivateIdentifier' && !value.generator
}
