import type { AnyNode, Program } from 'acorn'
import { namesOf } from '../names/names.ts'
import { loadOwn } from '../own-files.ts'
import { childrenOf, placeContext } from '../source/named-places.ts'
import type * as Parser from '../source/parser.ts'
import { isMeta, type PlaceContext, pathOfPlace, placeOfExpression } from '../source/place-expression.ts'
import { assetAt } from './asset.ts'

/** Whether a text may ask where its file lies. */
export const asksForPlace = /\bimport\s*\.\s*meta\b|\b__(?:dirname|filename)\b/

let parser: typeof Parser | undefined

/**
 * The files that one of the user's, which is bundled, names beside itself. There it lies elsewhere: so whatever else it
 * asks of its place makes this undefined.
 * @param text of the file, as JavaScript
 */
export function ownPlaces(file: string, text: string): readonly string[] | undefined {
  parser ??= loadOwn('source/parser') as typeof Parser
  for (const isModule of [true, false]) {
    const program = parsed(parser, text, isModule)
    if (program !== undefined) return placesIn(program, file, isModule)
  }
  return undefined
}

function parsed({ parse }: typeof Parser, text: string, isModule: boolean): Program | undefined {
  const sourceType = isModule ? 'module' : 'script'
  try {
    return parse(text, { ecmaVersion: 'latest', sourceType, allowReturnOutsideFunction: true, allowHashBang: true })
  } catch {
    return undefined
  }
}

function placesIn(program: Program, file: string, isModule: boolean): readonly string[] | undefined {
  const names = namesOf(program, isModule)
  const context = placeContext({ url: file, names })
  if (context === undefined) return undefined
  const found: string[] = []
  const open: AnyNode[] = [program]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const place = placeOfExpression(node, context)
    if (place !== undefined) {
      const path = pathOfPlace(place)
      const asset = path === undefined ? undefined : assetAt({ path, use: undefined }, file)
      if (asset === undefined || 'why' in asset) return undefined
      found.push(asset.path)
    } else if (isMeta(node)) return undefined
    else if (!isMain(node) && !isPlainConstant(node, context)) open.push(...childrenOf(node))
  }
  // What others import of it may be made of its place.
  const isShown = names.top.bindings.values().some(({ exported, init }) => {
    return exported === true && init != null && placeOfExpression(init, context) !== undefined
  })
  return isShown ? undefined : found
}

/** False there as here: it was not the one that was started. */
function isMain(node: AnyNode): boolean {
  if (node.type !== 'MemberExpression' || node.computed || !isMeta(node.object)) return false
  return node.property.type === 'Identifier' && node.property.name === 'main'
}

/** What is made of it is looked at where it is used. */
function isPlainConstant(node: AnyNode, context: PlaceContext): boolean {
  if (node.type !== 'VariableDeclaration' || node.kind !== 'const') return false
  return node.declarations.every(({ id, init }) => {
    return id.type === 'Identifier' && init != null && placeOfExpression(init, context) !== undefined
  })
}
