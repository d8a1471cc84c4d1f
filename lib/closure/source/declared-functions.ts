import type { Callable } from '../../value/captured.ts'
import type { Binding } from '../names/scope.ts'
import type { LiveScope } from './inspector.ts'
import { positionOf, type Script } from './script.ts'
import { withinCapture } from './within-capture.ts'

/**
 * Functions that an ES module declares at its top and never assigns. Where these stand is in the text, and what they see
 * is what any other function of the file sees of its top. To ask V8 takes as long for each of them as the file has
 * variables.
 */

/** Functions of one file in one capture from which on the others are told by the text. */
const MANY = 8

interface Declared {
  readonly name: string
  readonly start: number
}

const ofScripts = new WeakMap<Script, readonly Declared[]>()

/** Told of each function that was looked into. */
export function noteDeclared(script: Script, scopes: readonly LiveScope[]): void {
  if (!script.isModule) return
  const { looks, insides } = withinCapture
  const count = (looks.get(script.id) ?? 0) + 1
  looks.set(script.id, count)
  if (count !== MANY) return
  const at = scopes.findIndex(({ description }) => description === 'Module')
  const top = scopes[at]
  if (top === undefined) return
  const around = scopes.slice(at)
  for (const { name, start } of declaredIn(script)) {
    const fn = valueIn(top, name)
    if (typeof fn !== 'function' || insides.has(fn)) continue
    const { line, column } = positionOf(script, start)
    const location = { scriptId: script.id, lineNumber: line - 1, columnNumber: column - 1 }
    insides.set(fn as Callable, { location, bound: false, scopes: around, withs: [] })
  }
}

function valueIn({ object }: LiveScope, name: string): unknown {
  try {
    return object[name]
  } catch {
    // Not initialised yet.
    return undefined
  }
}

function declaredIn(script: Script): readonly Declared[] {
  const known = ofScripts.get(script)
  if (known !== undefined) return known
  const { top, functions } = script.names
  const byInit = new Map<unknown, Binding>()
  for (const binding of top.bindings.values()) if (!binding.assigned) byInit.set(binding.init, binding)
  const found = functions.flatMap(({ node, scope, once, start }): Declared[] => {
    if (scope !== top || !once) return []
    const isDeclaration = node.type === 'FunctionDeclaration'
    const binding = isDeclaration ? top.bindings.get(node.id?.name ?? '') : byInit.get(node)
    return binding === undefined || binding.assigned ? [] : [{ name: binding.name, start }]
  })
  ofScripts.set(script, found)
  return found
}
