import type { AnyNode, Class, ClassBody } from 'acorn'
import { KEYS, SUPERCLASS } from '../bundle-format.ts'
import type { Edit, TextRefusal } from './function-code.ts'
import { privateEdits } from './private-members.ts'
import type { FunctionSyntax, Script } from './script.ts'

/**
 * A class travels as its own text, evaluated again. What that would do a second time is taken out: the superclass is
 * the real one, static fields and blocks are dropped (the class's own properties travel as they are now), and computed
 * keys are those that they came to be.
 */
export interface ClassCode {
  readonly edits: readonly Edit[]
  /** It says `extends`. */
  readonly derived: boolean
  /** Members whose keys were computed, in the order of the text: their keys are handed to the text as a list. */
  readonly computed: readonly ComputedMember[]
  readonly refusal: TextRefusal | undefined
}

export type Member = Exclude<ClassBody['body'][number], { type: 'StaticBlock' }>

export interface ComputedMember {
  readonly member: Member
  readonly text: string
}

const codes = new WeakMap<Class, ClassCode>()

export function classCode(node: Class, source: string): ClassCode {
  const known = codes.get(node)
  if (known !== undefined) return known
  const made = read(node, source)
  codes.set(node, made)
  return made
}

function read(node: Class, source: string): ClassCode {
  const edits: Edit[] = []
  const computed: ComputedMember[] = []
  const heritage = node.superClass
  const derived = heritage != null
  if (derived) {
    const from = source.lastIndexOf('extends', heritage.start)
    // Up to the body: the superclass may stand in brackets, which are no part of its node.
    edits.push({ start: from, end: node.body.start, text: `extends ${SUPERCLASS} ` })
  }
  for (const member of node.body.body) {
    if (member.type === 'StaticBlock') edits.push(dropped(member))
    else if (member.static && member.type === 'PropertyDefinition') {
      const { key, start, end } = member
      if (key.type === 'PrivateIdentifier') edits.push({ start, end, text: `static #${key.name};` })
      else edits.push(dropped(member))
    } else if (member.computed && !isFixedKey(member.key)) {
      edits.push({ start: member.key.start, end: member.key.end, text: `${KEYS}[${computed.length}]` })
      computed.push({ member, text: memberText(member, source) })
    }
  }
  const { edits: inPrivate, refusal } = privateEdits(node, source, derived)
  return { edits: [...edits, ...inPrivate], derived, computed, refusal }
}

/** A semicolon stands for it, as what is before may have none. */
function dropped({ start, end }: AnyNode): Edit {
  return { start, end, text: ';' }
}

/** Literals, and members of `Symbol`. */
export function isFixedKey(key: AnyNode): boolean {
  if (key.type === 'Literal') return true
  return (
    key.type === 'MemberExpression' && !key.computed && key.object.type === 'Identifier' && key.object.name === 'Symbol'
  )
}

/** As `toString` gives it for the function of a member. */
export function memberText(member: Member, source: string): string {
  return source.slice(member.start, member.end).replace(/^static(?=[\s*[/"'])\s*/, '')
}

interface Part {
  readonly node: Class
  readonly member: ClassBody['body'][number]
}

const partsOf = new WeakMap<Script, ReadonlyMap<object, Part>>()

/** The class in which a method was written. */
export function classOfMember({ script, syntax }: FunctionSyntax): { node: Class; member: Member } | undefined {
  const part = partOfClass(script, syntax.node)
  return part?.member.type === 'MethodDefinition' ? { node: part.node, member: part.member } : undefined
}

/** The class whose part gives `this` and `super` their meaning: a function of it, a field or a static block. */
export function partOfClass(script: Script, owner: object): Part | undefined {
  const known = partsOf.get(script) ?? partsIn(script)
  partsOf.set(script, known)
  return known.get(owner)
}

function partsIn({ names }: Script): ReadonlyMap<object, Part> {
  const found = new Map<object, Part>()
  for (const { kind, node } of names.functions) {
    if (kind !== 'class') continue
    for (const member of (node as Class).body.body) {
      found.set(member.type === 'MethodDefinition' ? member.value : member, { node: node as Class, member })
    }
  }
  return found
}

/** Undefined for private ones. @param keys of the computed ones, in the order of the text */
export function keyOfMember(
  node: Class,
  source: string,
  member: Member,
  keys: readonly (string | symbol)[],
): string | symbol | undefined {
  if (member.key.type === 'PrivateIdentifier') return undefined
  const index = classCode(node, source).computed.findIndex(other => other.member === member)
  return index < 0 ? fixedKey(member) : keys[index]
}

/** Of classes without computed keys. */
const fixedMembers = {
  own: new WeakMap<Class, ReadonlyMap<string | symbol, readonly string[]>>(),
  static: new WeakMap<Class, ReadonlyMap<string | symbol, readonly string[]>>(),
}

/**
 * The texts of the members that come with a class's text, by key.
 * @param keys of the computed ones, in the order of the text
 */
export function textMembers(
  node: Class,
  source: string,
  ofStatic: boolean,
  keys: readonly (string | symbol)[],
): ReadonlyMap<string | symbol, readonly string[]> {
  const isFixed = classCode(node, source).computed.length === 0
  const known = isFixed ? fixedMembers[ofStatic ? 'static' : 'own'].get(node) : undefined
  if (known !== undefined) return known
  const members = new Map<string | symbol, string[]>()
  for (const member of node.body.body) {
    if (member.type !== 'MethodDefinition' || member.static !== ofStatic || member.kind === 'constructor') continue
    const key = keyOfMember(node, source, member, keys)
    if (key === undefined) continue
    const texts = members.get(key)
    const text = memberText(member, source)
    if (texts === undefined) members.set(key, [text])
    else texts.push(text)
  }
  if (isFixed) fixedMembers[ofStatic ? 'static' : 'own'].set(node, members)
  return members
}

function fixedKey({ key, computed }: Member): string | symbol {
  if (key.type === 'MemberExpression' && key.property.type === 'Identifier') {
    const symbol: unknown = Object.getOwnPropertyDescriptor(Symbol, key.property.name)?.value
    return typeof symbol === 'symbol' ? symbol : `Symbol.${key.property.name}`
  }
  if (key.type === 'Identifier' && !computed) return key.name
  return key.type === 'Literal' ? String(key.value) : ''
}
