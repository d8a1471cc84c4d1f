import type { AnyNode, Class, MethodDefinition, PropertyDefinition } from 'acorn'
import { LEAVE, MAKING, PRIVATE } from '../bundle-format.ts'
import type { Edit, TextRefusal } from './function-code.ts'

/**
 * Private names exist only inside of their class's text, so the text itself is made to put back what instances held:
 *
 * - While `picloud$making` is set, `new C()` runs nothing of the user's: initialisers give undefined, and the
 *   constructor ends before its first step (below a superclass: right behind `super()`, which is led to the object
 *   that is to get the fields).
 * - A static block hands out functions that assign the private fields, of an instance and of the class.
 */

/** The private names that a class declares, in the order of its text. */
export interface PrivateMembers {
  readonly fields: readonly string[]
  /** Methods and accessors, each name once. */
  readonly methods: readonly string[]
  readonly staticFields: readonly string[]
  readonly staticMethods: readonly string[]
}

const known = new WeakMap<Class, PrivateMembers>()

export function privateMembers(node: Class): PrivateMembers {
  const before = known.get(node)
  if (before !== undefined) return before
  const fields: string[] = []
  const methods = new Set<string>()
  const staticFields: string[] = []
  const staticMethods = new Set<string>()
  for (const member of node.body.body) {
    if (member.type === 'StaticBlock' || member.key.type !== 'PrivateIdentifier') continue
    const { name } = member.key
    if (member.type === 'PropertyDefinition') (member.static ? staticFields : fields).push(`#${name}`)
    else (member.static ? staticMethods : methods).add(`#${name}`)
  }
  const made = { fields, methods: [...methods], staticFields, staticMethods: [...staticMethods] }
  known.set(node, made)
  return made
}

/** Whether its instances hold what their properties don't show. */
export function hidesState({ fields, methods }: PrivateMembers): boolean {
  return fields.length > 0 || methods.length > 0
}

/** Two names outside of a class's text: what is set while it makes an instance, and what ends its constructor. */
interface Guard {
  readonly making: string
  readonly leave: string
}

const guardAround: Guard = { making: MAKING, leave: LEAVE }

/** What stands around the text of a class that hides state. */
export const privateProlog = `let ${MAKING}; const ${LEAVE} = made => { ${MAKING}.made = made; throw ${MAKING} }`

/** What stands behind the text of a file for a class in it, and the names that this declares. */
export function guardBehind(number: number): { readonly names: Guard; readonly text: string } {
  const names = { making: `${MAKING}${number}`, leave: `${LEAVE}${number}` }
  const { making, leave } = names
  return { names, text: `\nvar ${making}\nfunction ${leave}(made) { ${making}.made = made; throw ${making} }\n` }
}

/** What is put into a class's text so that its private state can be put back; nothing for a class without. */
export function privateEdits(
  node: Class,
  source: string,
  derived: boolean,
  names = guardAround,
): { edits: Edit[]; refusal?: TextRefusal } {
  const members = privateMembers(node)
  const { fields, methods, staticFields } = members
  const [first] = [...fields, ...methods]
  const hides = hidesState(members)
  if (!hides && staticFields.length === 0) return { edits: [] }
  const edits: Edit[] = []
  if (hides) {
    for (const member of node.body.body) {
      if (member.type === 'PropertyDefinition' && !member.static) edits.push(...guardField(member, source, names))
    }
    const written = constructorOf(node)
    const changed = written && guardConstructor(written, source, derived, names)
    if (changed !== undefined && 'why' in changed) return { edits, refusal: changed }
    edits.push(...(changed?.edits ?? []))
  }
  const parts = [
    hides ? `making => { ${names.making} = making }` : 'void 0',
    hides ? `(it, values) => ${first} in it && [${assignments('it', fields)}]` : 'void 0',
    staticFields.length > 0 ? `values => [${assignments('this', staticFields)}]` : 'void 0',
  ]
  const end = node.body.end - 1
  edits.push({ start: end, end, text: `; static { ${PRIVATE}(this, ${parts.join(', ')}) } ` })
  return { edits }
}

function assignments(target: string, fields: readonly string[]): string {
  return fields.map((name, index) => `${target}.${name} = values[${index}]`).join(', ')
}

export function constructorOf(node: Class): MethodDefinition | undefined {
  return node.body.body.find(
    (member): member is MethodDefinition => member.type === 'MethodDefinition' && member.kind === 'constructor',
  )
}

/** A function made and thrown away does no harm, and keeps the name that it takes from its field. */
function guardField({ key, value, computed }: PropertyDefinition, source: string, { making }: Guard): Edit[] {
  if (!value || isMade(value) || source.startsWith(making, value.start)) return []
  const name = computed ? source.slice(key.start, key.end) : JSON.stringify(keyName(key, source))
  return guarded(value, `${making} ? void 0`, isUnnamedClass(value) ? name : undefined)
}

/** @param quiet what comes before the colon */
function guarded({ start, end }: AnyNode, quiet: string, name: string | undefined): Edit[] {
  const [before, after] = name === undefined ? ['(', ')'] : [`({ [${name}]: `, ` })[${name}]`]
  return [
    { start, end: start, text: `(${quiet} : ${before}` },
    { start: end, end, text: `${after})` },
  ]
}

function keyName(key: AnyNode, source: string): string {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`
  return key.type === 'Literal' ? String(key.value) : source.slice(key.start, key.end)
}

function isMade(node: AnyNode): boolean {
  return node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression'
}

function isUnnamedClass(node: AnyNode): boolean {
  return node.type === 'ClassExpression' && !node.id
}

/** Ends the constructor before the first step of the user's: in its body, or before a default or pattern. */
function guardConstructor(
  { value }: MethodDefinition,
  source: string,
  derived: boolean,
  { making, leave }: Guard,
): { edits: Edit[] } | TextRefusal {
  const { params, body } = value
  if (isPlain(params)) {
    const text = derived ? ` if (${making}) { super(); return }` : ` if (${making}) return;`
    if (source.startsWith(text, body.start + 1)) return { edits: [] }
    return { edits: [{ start: body.start + 1, end: body.start + 1, text }] }
  }
  const [first] = params as [AnyNode]
  const quiet = `${making} ? ${leave}(${derived ? 'super()' : 'this'})`
  if (first.type === 'RestElement') {
    return {
      why: 'its constructor takes all its arguments apart in a pattern, which would run to put its private fields back',
      hint: 'Take the arguments apart in the constructor’s body.',
      start: first.start,
    }
  }
  if (first.type === 'AssignmentPattern') {
    const { left, right } = first
    if (source.startsWith(making, right.start)) return { edits: [] }
    const name = left.type === 'Identifier' && (isMade(right) || isUnnamedClass(right)) ? left.name : undefined
    return { edits: guarded(right, quiet, name === undefined ? undefined : JSON.stringify(name)) }
  }
  return { edits: [{ start: first.end, end: first.end, text: ` = ${quiet} : void 0` }] }
}

/** The `length` of what a text makes, as it stands in the emitted script. */
export function lengthOf(node: AnyNode): number {
  const isClass = node.type === 'ClassDeclaration' || node.type === 'ClassExpression'
  const written = isClass ? constructorOf(node as Class)?.value : node
  if (written === undefined || !('params' in written)) return 0
  const { params } = written
  // Its first parameter has a default there.
  if (isClass && !isPlain(params) && hidesState(privateMembers(node as Class))) return 0
  const optional = params.findIndex(({ type }) => type === 'AssignmentPattern' || type === 'RestElement')
  return optional < 0 ? params.length : optional
}

function isPlain(params: readonly AnyNode[]): boolean {
  return params.every(
    param => param.type === 'Identifier' || (param.type === 'RestElement' && param.argument.type === 'Identifier'),
  )
}
