import type { AnyNode, Class } from 'acorn'
import { DESCRIPTOR, INHERIT, KEYS, LEAVE, type Lexical, MADE, MAKING, PRIVATE, SUPERCLASS } from '../bundle-format.ts'
import { firstFrom } from '../names/names.ts'
import type { Binding, FunctionNode, Reference, Span, Special, TemplateSite } from '../names/scope.ts'
import { metaHint, textWords } from '../words.ts'
import { classesAround, privateRefusal, superAround, superRefusal, usesSuperOfLiteral } from './class-around.ts'
import { classCode } from './class-code.ts'
import { withoutComputedKey } from './computed-key.ts'
import { evalOfArrow, namesForEval, usesNamesOnly } from './eval-names.ts'
import { lexicalEdit, lexicalNames } from './lexical-names.ts'
import { type ModuleCall, moduleCall, moduleName } from './module-call.ts'
import { isMissing, missingMeta, type NamedPlace, namedPlaces, placeEdit, placeName } from './named-places.ts'
import type { FunctionSyntax } from './script.ts'

/** A change to a function's text; positions are the script's. */
export interface Edit extends Span {
  readonly text: string
}

/** A name that a function uses and does not declare. */
export interface FreeName {
  readonly name: string
  /** Undefined for globals, and for what the script's text does not declare. */
  readonly binding: Binding | undefined
  readonly writes: boolean
  /** Sloppy code assigns to it, which makes a global where there is none. */
  readonly makes?: boolean
  /** Those used as `name.member`; undefined when it is used in another way too. */
  readonly members: ReadonlySet<string> | undefined
  readonly start: number
  /** Only evaluated text may use it: it is left out where it can't travel. */
  readonly perhaps?: boolean
  /** The name stands for this of the function around an arrow function. */
  readonly lexical?: Lexical
}

/** Why a text can't stand alone. */
export interface TextRefusal {
  readonly why: string
  readonly hint: string
  readonly start: number
}

/** What a function's text alone says: the same for every function that was made from it. */
export interface FunctionCode extends FunctionSyntax {
  readonly free: readonly FreeName[]
  readonly edits: readonly Edit[]
  /** Its class text says `extends`. */
  readonly derived: boolean
  /** A method of an object literal with `super`, which means the prototype of that object. */
  readonly usesHome: boolean
  /** Of an arrow function with `super`: the method, field or block around it that gives it its meaning. */
  readonly superFrom: Span | undefined
  /** Classes around it whose private names it uses, innermost first. */
  readonly within: readonly Class[]
  /** Files beside its own that it names. */
  readonly places: readonly NamedPlace[]
  readonly refusal: TextRefusal | undefined
}

/** Whether its text has a template, and no edit takes that away. */
export function hasTemplate({ start, end, edits }: FunctionCode, { node }: TemplateSite): boolean {
  return node.start >= start && node.end <= end && !edits.some(it => it.start <= node.start && it.end >= node.end)
}

const codes = new WeakMap<FunctionNode, FunctionCode>()
/** What a class's text says when it comes from an emitted script, which will declare them again. */
const ownNames = new Set([SUPERCLASS, KEYS, PRIVATE, MADE, MAKING, LEAVE])

export function functionCode(at: FunctionSyntax): FunctionCode {
  const known = codes.get(at.syntax)
  if (known !== undefined) return known
  const code = read(at)
  codes.set(at.syntax, code)
  return code
}

function read(at: FunctionSyntax): FunctionCode {
  const { syntax, script, start, end } = at
  const { references, specials } = script.names
  const inClass = syntax.kind === 'class' ? classCode(syntax.node as never, script.source) : undefined
  const edits: Edit[] = inClass === undefined ? [] : [...inClass.edits]
  let refusal = inClass?.refusal ?? privateMethod(syntax)
  const made: (() => FreeName)[] = []
  if (syntax.computed) {
    edits.push(withoutComputedKey(syntax.key as AnyNode, start, script.source))
  }
  const outside = (span: Span): boolean =>
    span.start < start || span.end > end || edits.some(edit => span.start >= edit.start && span.end <= edit.end)
  for (let index = firstFrom(specials, start, special => special.node.start); index < specials.length; index++) {
    const special = specials[index] as Special
    if (special.node.start >= end) break
    if (outside(special.node)) continue
    const found = judge(special, at)
    if (found === undefined) continue
    if ('text' in found) edits.push(found)
    else refusal ??= found
    if ('origin' in found) made.push(() => moduleName(script, found))
    else if (special.kind === 'import.meta' && !isMissing(found)) made.push(() => placeName(script, special.node))
  }
  const free = freeNames(references, at, outside)
  const named = namedPlaces(at, free)
  refusal ??= named.refusal
  free.push(...lexicalNames(at, edits), ...namesForEval(at, free))
  free.push(...made.map(make => make()))
  const self = (syntax.node as { id?: { name: string } & Span }).id
  const selfFree = free.find(({ name }) => name === self?.name)
  // As an expression the function would see its own fixed name, not the variable that may be assigned.
  if (self && syntax.node.type === 'FunctionDeclaration' && selfFree?.binding?.assigned === true) {
    edits.push({ start: self.start, end: self.end, text: '' })
  }
  edits.sort((a, b) => a.start - b.start)
  return {
    ...at,
    free,
    edits,
    derived: inClass?.derived ?? false,
    usesHome: usesSuperOfLiteral(at),
    superFrom: superAround(at, outside),
    within: classesAround(at, outside),
    places: named.found,
    refusal,
  }
}

function freeNames(
  references: readonly Reference[],
  { start, end }: Span,
  outside: (span: Span) => boolean,
): FreeName[] {
  const free = new Map<string, Noted>()
  for (let index = firstFrom(references, start, reference => reference.start); index < references.length; index++) {
    const reference = references[index] as Reference
    if (reference.start >= end) break
    const { name, binding } = reference
    if ((name === 'arguments' && binding === undefined) || ownNames.has(name)) continue
    if (binding !== undefined && binding.scope.start >= start && binding.scope.end <= end) continue
    if (outside(reference)) continue
    const known = free.get(name)
    if (known === undefined) free.set(name, noted(reference))
    else add(known, reference)
  }
  return [...free.values()]
}

type Noted = { -readonly [K in keyof FreeName]: FreeName[K] } & { members: Set<string> | undefined }

function noted({ name, binding, write, member, scope, start }: Reference): Noted {
  const members = member === undefined ? undefined : new Set([member])
  return { name, binding, writes: write, makes: write && !scope.strict, members, start }
}

function add(known: Noted, { write, member, scope }: Reference): void {
  known.writes ||= write
  known.makes ||= write && !scope.strict
  if (member === undefined) known.members = undefined
  else known.members?.add(member)
}

// What has no name gets its meaning from the place where it was written; inside of the text that place comes along.
function judge(special: Special, at: FunctionSyntax): Edit | ModuleCall | TextRefusal | undefined {
  const { kind, node, owner } = special
  const { start, end, syntax, script } = at
  const inside = owner !== undefined && owner.start >= start && owner.end <= end
  const refuse = (why: string, hint: string): TextRefusal => ({ why, hint, start: node.start })
  switch (kind) {
    case 'this':
    case 'arguments':
    case 'new.target':
      return inside ? undefined : lexicalEdit(kind, special, at)
    case 'super':
      if (inside && (syntax.kind === 'class' || owner.start !== syntax.node.start || !syntax.ofClass)) return undefined
      return superRefusal(special, at)
    case 'private':
      return inside ? undefined : privateRefusal(special, at)
    case 'eval':
      return inside || owner === undefined || usesNamesOnly(node) ? undefined : refuse(...evalOfArrow)
    case 'with':
      return undefined
    case 'import.meta':
      return (
        placeEdit(node, script) ??
        missingMeta(node, script) ??
        refuse(
          `it uses \`import.meta${/^(?:import\s*\.\s*meta|[\w$]+)(\.\w+)/.exec(script.source.slice(node.start))?.[1] ?? ''}\``,
          metaHint,
        )
      )
    case 'import':
    case 'require':
      return moduleCall(special)
  }
}

function privateMethod({ key, start }: FunctionNode): TextRefusal | undefined {
  return key?.type === 'PrivateIdentifier' ? { ...textWords.private, start } : undefined
}

/** A part of a function's text: the script's from an offset on, or made where that is undefined. */
export interface Piece {
  readonly text: string
  readonly from: number | undefined
}

/** The function's text with its edits. */
export function piecesOf({ script, start, end, edits }: FunctionCode): readonly Piece[] {
  const pieces: Piece[] = []
  let at = start
  for (const edit of edits) {
    pieces.push({ text: script.source.slice(at, edit.start), from: at }, { text: edit.text, from: undefined })
    at = edit.end
  }
  pieces.push({ text: script.source.slice(at, end), from: at })
  return pieces
}

/** The function's text as it is to stand in the emitted script: an expression. The text itself starts a line of its own. */
export function expressionOf(code: FunctionCode): string {
  const { script, syntax } = code
  const text = piecesOf(code)
    .map(piece => piece.text)
    .join('')
  if (syntax.kind === 'arrow' || syntax.kind === 'function' || syntax.kind === 'class') return `(\n${text}\n)`
  const key = syntax.computed ? '"method"' : keyText(syntax.key as AnyNode, script.source)
  const part = syntax.kind === 'method' ? 'value' : syntax.kind
  if (code.usesHome) {
    // Nothing of the user's stands where these names are.
    const made = `${DESCRIPTOR}(home, ${key}).${part}`
    const led = `above => ${INHERIT}(home, above[0])`
    return `(home => { const made = ${made}; ${PRIVATE}(made, void 0, void 0, ${led}); return made })({\n${text}\n})`
  }
  if (syntax.kind === 'method') return `({\n${text}\n})[${key}]`
  return `${DESCRIPTOR}({\n${text}\n}, ${key}).${part}`
}

function keyText(key: AnyNode, source: string): string {
  return key.type === 'Identifier' ? JSON.stringify(key.name) : source.slice(key.start, key.end)
}
