import { fileURLToPath } from 'node:url'
import type { AnyNode } from 'acorn'
import { firstFrom } from '../names/names.ts'
import { calledName } from '../names/origin.ts'
import { type Binding, declare } from '../names/scope.ts'
import type { Edit, FreeName, TextRefusal } from './function-code.ts'
import { isComputedPlace, isMeta, type PlaceContext, pathOfPlace, placeOfExpression } from './place-expression.ts'
import type { FunctionSyntax, Script } from './script.ts'

/** A file or folder beside the user’s that a function names by the place of its own. */
export interface NamedPlace {
  /** Absolute. */
  readonly path: string
  readonly start: number
  /** What the function certainly does with it, by the name of what it calls. */
  readonly use: 'read' | 'write' | undefined
}

/** Where a script lies, and what names mean there; undefined for one that is no file. */
export function placeContext({ url, names }: Pick<Script, 'url' | 'names'>): PlaceContext | undefined {
  const here = url.startsWith('/') ? url : url.startsWith('file:') ? fileURLToPath(url) : undefined
  if (here === undefined) return undefined
  return {
    here,
    bindingOf({ start, end }): Binding | undefined {
      const { references } = names
      for (let at = firstFrom(references, start, each => each.start); references[at]?.start === start; at++) {
        const reference = references[at]
        if (reference?.end === end) return reference.binding
      }
      return undefined
    },
  }
}

const READS = /^(?:createRead|read|open(?:$|Sync|AsBlob)|cp|copyFile)/
const WRITES = /^(?:createWrite|write|append|mkdir|rm|unlink|truncate)/
const MAY_NAME = /\bimport\s*\.\s*meta\b|import_meta|\b__(?:dirname|filename)\b/

/** The places that a function's text names, or why it can't. */
export function namedPlaces(
  at: FunctionSyntax,
  free: readonly FreeName[],
): { readonly found: readonly NamedPlace[]; readonly refusal: TextRefusal | undefined } {
  const { script, syntax, start, end } = at
  const context = placeContext(script)
  if (context === undefined) return none
  const holdsPlace = ({ binding }: FreeName): boolean =>
    binding?.init !== undefined && placeOfExpression(binding.init, context) !== undefined
  if (!MAY_NAME.test(script.source.slice(start, end)) && !free.some(holdsPlace)) return none
  const finder = new PlaceFinder(context)
  for (const child of childrenOf(syntax.node)) finder.visit(child)
  return finder
}

const none = { found: [], refusal: undefined }

/** Looks through a function's syntax for the largest expressions that name places. */
class PlaceFinder {
  readonly found: NamedPlace[] = []
  refusal: TextRefusal | undefined
  readonly #context: PlaceContext

  constructor(context: PlaceContext) {
    this.#context = context
  }

  visit(node: AnyNode, use?: NamedPlace['use']): void {
    const place = placeOfExpression(node, this.#context)
    if (place !== undefined) {
      const path = pathOfPlace(place)
      if (path !== undefined) this.found.push({ path, start: node.start, use })
      return
    }
    if (use === 'read' && isComputedPlace(node, this.#context)) this.refusal ??= computedRefusal(node)
    // What a constant is made from is told where that is used.
    if (node.type === 'VariableDeclarator' && this.#isPlace(node.init)) return
    for (const child of childrenOf(node)) this.visit(child, useOf(child, node))
  }

  #isPlace(node: AnyNode | null | undefined): boolean {
    return node != null && placeOfExpression(node, this.#context) !== undefined
  }
}

/** What a call does with the file that is its first argument. */
function useOf(node: AnyNode, call: AnyNode): NamedPlace['use'] {
  if (call.type !== 'CallExpression' || node !== call.arguments[0]) return undefined
  const called = calledName(call.callee) ?? ''
  if (READS.test(called)) return 'read'
  return WRITES.test(called) ? 'write' : undefined
}

function computedRefusal({ start }: AnyNode): TextRefusal {
  return {
    why: 'it reads a file beside its own whose name is computed',
    hint: 'Write the names out, or put the files into cloud.files.',
    start,
  }
}

/** Names that are no expressions are left out. */
export function childrenOf(node: AnyNode): AnyNode[] {
  const { computed } = node as { computed?: boolean }
  const isNode = (item: unknown): item is AnyNode =>
    typeof item === 'object' && item !== null && typeof (item as AnyNode).type === 'string'
  return Object.entries(node)
    .filter(([key]) => key !== 'label' && (computed === true || (key !== 'key' && key !== 'property')))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]) as unknown[])
    .filter(isNode)
}

/**
 * `import.meta.url` and the like inside of a function: there they become a variable, which holds what the place of the file
 * is in the job. Undefined for what else `import.meta` has.
 */
export function placeEdit(node: AnyNode, script: Script): Edit | undefined {
  const context = placeContext(script)
  if (context === undefined || placeOfExpression(node, context) === undefined) return undefined
  return { start: node.start, end: node.end, text: nameAt(node.start) }
}

/**
 * Packages ask for members of `import.meta` that bundlers put there (`import.meta.env`). Node has none, and those that PiCloud
 * bundles find none either.
 */
export function missingMeta({ type, start, end }: AnyNode, { url, source }: Script): Edit | undefined {
  if (type !== 'MemberExpression' || !url.includes('/node_modules/')) return undefined
  const isAsked = /^import\s*\.\s*meta\s*\.\s*(?!url|filename|dirname|resolve|main)\w+$/.test(source.slice(start, end))
  const isAssigned = /^\s*(?:(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=(?!=)|\+\+|--)/.test(source.slice(end))
  return isAsked && !isAssigned ? { start, end, text: MISSING } : undefined
}

const MISSING = '(void 0)'

/** Whether an edit stands for such a member. */
export function isMissing(edit: object): boolean {
  return 'text' in edit && edit.text === MISSING
}

/** The variable that such an expression becomes. */
export function placeName(script: Script, node: AnyNode): FreeName {
  const name = nameAt(node.start)
  const binding = declare(script.names.top, name, 'const')
  // Found again by the next function that holds this text.
  binding.assigned = false
  binding.init = node
  return { name, binding, writes: false, members: undefined, start: node.start }
}

function nameAt(start: number): string {
  return `${PLACE}${start}`
}

const PLACE = 'picloud$place'

/** Whether a variable stands for `import.meta`. */
export function isPlaceName(name: string): boolean {
  return name.startsWith(PLACE)
}

/** Whether a name stands for `import.meta`, as compilers call it. */
export function isMetaName(name: string): boolean {
  return isMeta({ type: 'Identifier', name } as AnyNode)
}
