import type { Class } from 'acorn'
import { firstFrom } from '../names/names.ts'
import type { Span, Special } from '../names/scope.ts'
import { textWords } from '../words.ts'
import { classOfMember } from './class-code.ts'
import type { TextRefusal } from './function-code.ts'
import type { FunctionSyntax } from './script.ts'

/**
 * What a function takes from a class around it that no variable holds: its private names, and of an arrow function the
 * `super` of the method that it stands in. A function with private names is made inside of that class's text there; one
 * with `super` in a constructor whose `this` and home are given to it afterwards.
 */

/** Why `super` from around can't travel; undefined where it can. */
export function superRefusal({ node }: Special, { syntax, script }: FunctionSyntax): TextRefusal | undefined {
  if (syntax.kind !== 'arrow') return { ...textWords.super, start: node.start }
  if (/^super(?:\s|\/\*[\s\S]*?\*\/|\/\/.*\n)*\(/.test(script.source.slice(node.start, node.start + 1000))) {
    return { ...textWords.superCall, start: node.start }
  }
  return syntax.strict ? undefined : { ...textWords.sloppySuper, start: node.start }
}

/** Why a private name from around can't travel: of a method its class comes instead. */
export function privateRefusal({ node, owner }: Special, at: FunctionSyntax): TextRefusal | undefined {
  const isOfOwnClass = owner === undefined || classOfMember(at)?.node.start === owner.start
  return isOfOwnClass ? { ...textWords.private, start: node.start } : undefined
}

/** What gives the `super` of an arrow function its meaning; undefined where it has none, or brings it along. */
export function superAround(at: FunctionSyntax, outside: (span: Span) => boolean): Span | undefined {
  if (at.syntax.kind !== 'arrow') return undefined
  return specialsIn(at).find(it => it.kind === 'super' && isAround(it, at) && !outside(it.node))?.owner
}

/** The classes around whose private names a function uses, innermost first. */
export function classesAround(at: FunctionSyntax, outside: (span: Span) => boolean): readonly Class[] {
  const starts = new Set<number>()
  for (const special of specialsIn(at)) {
    if (special.kind !== 'private' || !isAround(special, at) || outside(special.node)) continue
    if (privateRefusal(special, at) === undefined) starts.add((special.owner as Span).start)
  }
  const { functions } = at.script.names
  const classOf = (start: number): Class =>
    functions.find(it => it.start === start && it.kind === 'class')?.node as unknown as Class
  return [...starts].sort((a, b) => b - a).map(classOf)
}

/** Whether a method of an object literal has a `super` of its own. */
export function usesSuperOfLiteral(at: FunctionSyntax): boolean {
  const { kind, ofClass, node } = at.syntax
  if (ofClass || (kind !== 'method' && kind !== 'get' && kind !== 'set')) return false
  return specialsIn(at).some(special => special.kind === 'super' && special.owner?.start === node.start)
}

function isAround({ owner }: Special, { start, end }: FunctionSyntax): boolean {
  return owner !== undefined && !(owner.start >= start && owner.end <= end)
}

function specialsIn({ script: { names }, start, end }: FunctionSyntax): readonly Special[] {
  const from = firstFrom(names.specials, start, special => special.node.start)
  const to = firstFrom(names.specials, end, special => special.node.start)
  return names.specials.slice(from, to)
}
