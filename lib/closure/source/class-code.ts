import type { AnyNode, Class, ClassBody } from 'acorn'
import { SUPERCLASS } from '../bundle-format.ts'
import type { Edit, TextRefusal } from './function-code.ts'

/**
 * A class travels as its own text, evaluated again. What that would do a second time is taken out: the superclass is
 * the real one, static fields and blocks are dropped, as the class's own properties travel as they are now.
 */
export interface ClassCode {
  readonly edits: readonly Edit[]
  readonly derived: boolean
  readonly refusal: TextRefusal | undefined
}

type Member = ClassBody['body'][number]

export function classCode(node: Class, source: string): ClassCode {
  const edits: Edit[] = []
  let refusal: TextRefusal | undefined
  const heritage = node.superClass
  const derived = heritage != null && !(heritage.type === 'Literal' && heritage.value === null)
  if (heritage != null && derived) {
    const from = source.lastIndexOf('extends', heritage.start)
    // Up to the body: the superclass may stand in brackets, which are no part of its node.
    edits.push({ start: from, end: node.body.start, text: `extends ${SUPERCLASS} ` })
  }
  for (const member of node.body.body) {
    if (member.type === 'StaticBlock') {
      edits.push({ start: member.start, end: member.end, text: '' })
      continue
    }
    refusal ??= judge(member)
    if (member.static && member.type === 'PropertyDefinition') {
      edits.push({ start: member.start, end: member.end, text: '' })
    }
  }
  return { edits, derived, refusal }
}

function judge(member: Exclude<Member, { type: 'StaticBlock' }>): TextRefusal | undefined {
  if (member.static && member.type === 'PropertyDefinition' && member.key.type === 'PrivateIdentifier') {
    return {
      why: `its private static field #${member.key.name} can’t be read`,
      hint: 'Keep that state in a variable beside the class.',
      start: member.start,
    }
  }
  if (member.computed && !isFixedKey(member.key)) {
    return {
      why: 'a key in it is computed, and may compute another there',
      hint: 'Use a literal or a well-known symbol as key.',
      start: member.start,
    }
  }
  return undefined
}

/** Literals, and members of `Symbol`. */
function isFixedKey(key: AnyNode): boolean {
  if (key.type === 'Literal') return true
  return (
    key.type === 'MemberExpression' && !key.computed && key.object.type === 'Identifier' && key.object.name === 'Symbol'
  )
}

/** Whether instances of it hold what their properties don't show. */
export function hasPrivateState(node: Class): boolean {
  return node.body.body.some(
    member => member.type !== 'StaticBlock' && !member.static && member.key.type === 'PrivateIdentifier',
  )
}

/** The texts of the members that come with a class's text, by key; symbols by `Symbol.name`. */
export function textMembers(node: Class, source: string, ofStatic: boolean): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>()
  for (const member of node.body.body) {
    if (member.type !== 'MethodDefinition' || member.static !== ofStatic || member.key.type === 'PrivateIdentifier')
      continue
    const { key } = member
    const name =
      key.type === 'Identifier' && !member.computed
        ? key.name
        : key.type === 'Literal'
          ? String(key.value)
          : source.slice(key.start, key.end)
    const texts = members.get(name)
    const text = source.slice(member.start, member.end).replace(/^static(?=[\s*[/"'])\s*/, '')
    if (texts === undefined) members.set(name, [text])
    else texts.push(text)
  }
  return members
}
