import { dirname, isAbsolute, join, normalize, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { AnyNode } from 'acorn'
import { calledName, textOf } from '../names/origin.ts'
import type { Binding } from '../names/scope.ts'

/**
 * What a text says of a place beside its file: `import.meta.url`, `__dirname`, and what is made of them and of texts that
 * are written out.
 */
export interface FilePlace {
  /** A path, a URL as text, or a `URL`. */
  readonly form: 'path' | 'url' | 'object'
  /** What the expression gives; of a `URL` its `href`. */
  readonly text: string
}

/** The file in which an expression stands, and what its names mean there. */
export interface PlaceContext {
  /** The file’s path. */
  readonly here: string
  /** Undefined for what the script does not declare. */
  readonly bindingOf: (identifier: AnyNode) => Binding | undefined
}

/** Constants that are made of constants: more in a row is no longer about places. */
const MAX_STEPS = 20

/** The place that an expression names; undefined where its text alone does not say. */
export function placeOfExpression(node: AnyNode, context: PlaceContext, steps = 0): FilePlace | undefined {
  if (steps > MAX_STEPS) return undefined
  const of = (inner: AnyNode | undefined): FilePlace | undefined =>
    inner && placeOfExpression(inner, context, steps + 1)
  switch (node.type) {
    case 'Identifier':
      return placeOfName(node, context, of)
    case 'MemberExpression':
      if (node.computed || node.property.type !== 'Identifier') return undefined
      if (isMeta(node.object)) return placeOfMeta(node.property.name, context.here)
      return partOfUrl(of(node.object), node.property.name)
    case 'NewExpression':
      return calledName(node.callee) === 'URL' ? madeUrl(node.arguments, of, context) : undefined
    case 'CallExpression':
      return placeOfCall(calledName(node.callee), node, of, context)
    case 'BinaryExpression':
      return node.operator === '+' ? followed(of(node.left), [textIn(node.right, context)]) : undefined
    case 'TemplateLiteral':
      return placeOfTemplate(node, of, context)
    default:
      return undefined
  }
}

/** Whether an expression starts from a place, and the rest of it is made at run time: `join(__dirname, name)`. */
export function isComputedPlace(node: AnyNode, context: PlaceContext): boolean {
  if (placeOfExpression(node, context) !== undefined) return false
  switch (node.type) {
    case 'BinaryExpression':
      return node.operator === '+' && startsFromPlace(node.left, context)
    case 'TemplateLiteral':
      return node.quasis[0]?.value.raw === '' && startsFromPlace(node.expressions[0], context)
    case 'NewExpression':
      return calledName(node.callee) === 'URL' && startsFromPlace(node.arguments[1], context)
    case 'CallExpression':
      return makers.has(calledName(node.callee) ?? '') && startsFromPlace(node.arguments[0], context)
    default:
      return false
  }
}

function startsFromPlace(node: AnyNode | undefined, context: PlaceContext): boolean {
  return node !== undefined && (placeOfExpression(node, context) !== undefined || isComputedPlace(node, context))
}

/** `import.meta`, also as compilers call it. */
export function isMeta(node: AnyNode): boolean {
  if (node.type === 'MetaProperty') return node.meta.name === 'import'
  return node.type === 'Identifier' && node.name.includes('import_meta')
}

type Of = (node: AnyNode | undefined) => FilePlace | undefined
type Called = Extract<AnyNode, { type: 'CallExpression' }>

function placeOfName(
  node: Extract<AnyNode, { type: 'Identifier' }>,
  context: PlaceContext,
  of: Of,
): FilePlace | undefined {
  const binding = context.bindingOf(node)
  if (binding !== undefined) return binding.assigned ? undefined : of(binding.init)
  if (node.name === '__filename') return placeOfMeta('filename', context.here)
  return node.name === '__dirname' ? placeOfMeta('dirname', context.here) : undefined
}

/** `import.meta.url` and the like of a file. */
export function placeOfMeta(property: string, here: string): FilePlace | undefined {
  if (property === 'url') return { form: 'url', text: pathToFileURL(here).href }
  if (property === 'filename') return { form: 'path', text: here }
  return property === 'dirname' ? { form: 'path', text: dirname(here) } : undefined
}

function partOfUrl(url: FilePlace | undefined, property: string): FilePlace | undefined {
  if (url?.form !== 'object') return undefined
  if (property === 'href') return { ...url, form: 'url' }
  const { pathname } = new URL(url.text)
  return property === 'pathname' && pathname === fileURLToPath(url.text) ? { form: 'path', text: pathname } : undefined
}

function madeUrl([first, second]: readonly AnyNode[], of: Of, context: PlaceContext): FilePlace | undefined {
  if (second === undefined) return asObject(of(first))
  const base = of(second)
  const specifier = textIn(first, context)
  if (base === undefined || base.form === 'path' || specifier === undefined) return undefined
  const { protocol, href } = new URL(specifier, base.text)
  return protocol === 'file:' ? { form: 'object', text: href } : undefined
}

const makers: ReadonlySet<string> = new Set(['join', 'resolve', 'normalize', 'fileURLToPath', 'pathToFileURL'])

function placeOfCall(name: string | undefined, call: Called, of: Of, context: PlaceContext): FilePlace | undefined {
  const { callee, arguments: args } = call
  if (callee.type === 'MemberExpression' && isMeta(callee.object)) {
    const specifier = name === 'resolve' ? textIn(args[0], context) : undefined
    if (specifier === undefined || !/^\.{1,2}\//.test(specifier)) return undefined
    return { form: 'url', text: new URL(specifier, pathToFileURL(context.here)).href }
  }
  const place = of(args[0])
  if (place === undefined) return undefined
  if (name === 'fileURLToPath') return place.form === 'path' ? undefined : asPath(place.text)
  if (place.form !== 'path') return undefined
  const parts = args.slice(1).map(part => textIn(part, context))
  if (name === 'pathToFileURL') return { form: 'object', text: pathToFileURL(place.text).href }
  if (name === 'dirname') return { form: 'path', text: dirname(place.text) }
  if (name === 'normalize') return { form: 'path', text: normalize(place.text) }
  if (parts.includes(undefined)) return undefined
  if (name === 'join') return { form: 'path', text: join(place.text, ...(parts as string[])) }
  return name === 'resolve' ? { form: 'path', text: resolve(place.text, ...(parts as string[])) } : undefined
}

function placeOfTemplate(
  { quasis, expressions }: Extract<AnyNode, { type: 'TemplateLiteral' }>,
  of: Of,
  context: PlaceContext,
): FilePlace | undefined {
  if (quasis[0]?.value.cooked !== '') return undefined
  const rest = quasis.slice(1).flatMap(({ value }, at) => {
    const next = expressions[at + 1]
    return next === undefined ? [value.cooked ?? undefined] : [value.cooked ?? undefined, textIn(next, context)]
  })
  return followed(of(expressions[0]), rest)
}

function followed(place: FilePlace | undefined, rest: readonly (string | undefined)[]): FilePlace | undefined {
  if (place === undefined || place.form === 'object' || rest.includes(undefined)) return undefined
  return { ...place, text: place.text + rest.join('') }
}

/** A text that is written out, there or in a constant. */
function textIn(node: AnyNode | undefined, { bindingOf }: PlaceContext): string | undefined {
  if (node?.type !== 'Identifier') return textOf(node)
  const binding = bindingOf(node)
  return binding?.assigned === false ? textOf(binding.init) : undefined
}

function asObject(place: FilePlace | undefined): FilePlace | undefined {
  return place?.form === 'url' ? { ...place, form: 'object' } : undefined
}

function asPath(url: string): FilePlace | undefined {
  return URL.canParse(url) ? { form: 'path', text: fileURLToPath(url) } : undefined
}

/** The file or folder that a place means: a path without `..` and without a slash at its end; undefined for none of a disk. */
export function pathOfPlace({ form, text }: FilePlace): string | undefined {
  if (form !== 'path' && !(URL.canParse(text) && new URL(text).protocol === 'file:')) return undefined
  const path = resolve(form === 'path' ? text : fileURLToPath(text))
  return isAbsolute(path) ? path : undefined
}
