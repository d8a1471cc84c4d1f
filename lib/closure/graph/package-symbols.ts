import { EventEmitter } from 'node:events'
import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { findPath } from '../../value/find-path.ts'
import { ValueError } from '../../value/value-error.ts'
import { displayName } from '../nodes/function-name.ts'
import { isPackaged } from '../nodes/resolve-function.ts'
import { indexInside, insidePathOf } from '../packages/package-index.ts'
import { scriptFacts } from '../source/debugged-scripts.ts'
import { lookInside } from '../source/inspector.ts'
import { scriptOf } from '../source/script.ts'
import { encodeOptions } from './encode-once.ts'
import type { Graph } from './graph.ts'

/**
 * Whether symbols are sent by value that files of packages declare and do not export, of which classes are used: there
 * their methods look under symbols of their own, so these have to be meant.
 * @throws {ValueError} for state under a symbol that such a file does not show
 */
export function needsPackageSymbols(graph: Graph): boolean {
  const { numbered, options } = graph
  const packaged = graph.references.functionsMet
  if (packaged.size === 0 || !numbered.hasSymbols) return false
  for (const owner of packaged) indexAround(owner)
  const symbols = [...numbered.things].filter(it => typeof it === 'symbol')
  const unknown = symbols.filter(symbol => insidePathOf(symbol) === undefined && !ofEmitters.has(symbol))
  if (symbols.some(symbol => insidePathOf(symbol) !== undefined) && options.insides !== true) return true
  refuseHidden(new Set(unknown), graph)
  return false
}

/** Node keeps settings of emitters under symbols of its own. Those without them are as emitters by default. */
const ofEmitters: ReadonlySet<unknown> = new Set(Object.getOwnPropertySymbols(new EventEmitter()))

/** What the files of a class and of those above it declare. */
function indexAround(owner: object): void {
  for (let at: unknown = owner; typeof at === 'function' && !types.isProxy(at); at = Object.getPrototypeOf(at)) {
    const { location, scopes } = lookInside(at)
    const url = location === undefined ? undefined : scriptFacts(location.scriptId)?.url
    if (location === undefined || url === undefined || !isPackaged(url)) return
    indexInside(scriptOf(location.scriptId, displayName(at as Callable)), scopes)
  }
}

/** State of an instance under a symbol that nothing else in the message holds is its package's affair. */
function refuseHidden(symbols: ReadonlySet<unknown>, graph: Graph): void {
  const { functions, numbered, references } = graph
  const held = new Set<unknown>(functions.flatMap(({ cells }) => cells.map(({ value }) => value)))
  const found: (readonly [instance: object, owner: Callable, key: symbol])[] = []
  for (const thing of numbered.things) {
    if (typeof thing !== 'object' || thing === null || types.isProxy(thing)) continue
    const owner = ownerOf(thing, references.functionsMet)
    const isBytes = ArrayBuffer.isView(thing)
    for (const key of isBytes ? Object.getOwnPropertySymbols(thing) : Reflect.ownKeys(thing)) {
      held.add(Object.getOwnPropertyDescriptor(thing, key)?.value)
      if (owner !== undefined && typeof key === 'symbol' && symbols.has(key)) found.push([thing, owner, key])
    }
  }
  for (const [instance, owner, key] of found) {
    if (held.has(key)) continue
    const path = findPath([graph.keys, graph.root], instance, encodeOptions(graph))
    const why = `it is an instance of ${displayName(owner)} with state under ${String(key)}, which its package keeps to itself`
    throw new ValueError(why, { path, hint: 'Make it in the job.' })
  }
}

function ownerOf(object: object, packaged: ReadonlySet<object>): Callable | undefined {
  for (let above = Object.getPrototypeOf(object) as object | null; above !== null; ) {
    if (types.isProxy(above)) return undefined
    const owner: unknown = Object.getOwnPropertyDescriptor(above, 'constructor')?.value
    if (packaged.has(owner as Callable)) return owner as Callable
    above = Object.getPrototypeOf(above) as object | null
  }
  return undefined
}
