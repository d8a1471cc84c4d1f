import { types } from 'node:util'
import type { AnyNode } from 'acorn'
import type { Callable } from '../../value/captured.ts'
import type { FunctionCode } from '../source/function-code.ts'

/** A function's own name; undefined where a program made something else of it. */
export function nameOf(fn: Callable): string | undefined {
  if (types.isProxy(fn)) return undefined
  const slot = Object.getOwnPropertyDescriptor(fn, 'name')
  return typeof slot?.value === 'string' ? slot.value : undefined
}

/** The name as functions are made with it; undefined where it is another kind of property, or none. */
export function givenName(fn: Callable): string | undefined {
  const slot = Object.getOwnPropertyDescriptor(fn, 'name')
  return typeof slot?.value === 'string' && isGiven(slot) ? slot.value : undefined
}

/** The name that a function's text gives it wherever it stands; undefined where its place names it. */
export function writtenName({ syntax, edits }: FunctionCode): string | undefined {
  const { kind, key, computed } = syntax
  if (kind === 'method' || kind === 'get' || kind === 'set') {
    const name = computed === true ? 'method' : keyName(key as AnyNode)
    return kind === 'method' ? name : `${kind} ${name}`
  }
  const { id } = syntax.node as { readonly id?: { readonly name: string; readonly start: number } | null }
  return id == null || edits.some(({ start }) => start === id.start) ? undefined : id.name
}

function keyName(key: AnyNode): string {
  if (key.type === 'Identifier') return key.name
  return key.type === 'Literal' ? String(key.value) : ''
}

/** The name that a member of a class or an object gets from its key. */
export function nameIn(key: string | symbol, part: 'value' | 'get' | 'set'): string {
  const name = typeof key === 'string' ? key : key.description === undefined ? '' : `[${key.description}]`
  return part === 'value' ? name : `${part} ${name}`
}

/** Whether a property is as those that every function is made with. */
export function isGiven({ writable, enumerable, configurable }: PropertyDescriptor): boolean {
  return writable === false && enumerable === false && configurable === true
}

/** How a function is called in paths. */
export function displayName(fn: Callable): string {
  const name = nameOf(fn)
  return name === undefined || name === '' ? '(anonymous)' : name
}
