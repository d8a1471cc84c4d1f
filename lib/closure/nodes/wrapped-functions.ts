import { AsyncResource } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import { callbackify, debuglog, deprecate, promisify } from 'node:util'
import { type Callable, functionText } from '../../value/captured.ts'
import type { Inside, Wrapper } from '../../value/inside.ts'
import type { Words } from '../../value/refusal-words.ts'
import { type FunctionInside, type LiveScope, levelOf, lookInside } from '../source/inspector.ts'

/**
 * Functions that Node makes of another one are Node's own by their text, and no module exports them. They travel as what
 * they were made of, and are made again there.
 */

/** What it was called with. */
type Read = (scopes: readonly LiveScope[]) => readonly unknown[]

/** Of each wrapper: the text of what it makes, and the variables around that which hold what it was called with. */
let made: ReadonlyMap<string, readonly [by: Wrapper, args: Read]> | undefined

/** Undefined for what none of them made. */
export function wrappedInside(fn: Callable, { scopes }: FunctionInside): Inside | undefined {
  made ??= new Map<string, readonly [Wrapper, Read]>([
    [functionText(promisify(() => undefined)), ['promisify', variables('original')]],
    [functionText(callbackify(async () => undefined)), ['callbackify', variables('original')]],
    [functionText(debuglog('picloud')), ['debuglog', variables('set', 'cb')]],
    [functionText(deprecate(() => undefined, '')), ['deprecate', deprecated]],
    [functionText(onceWrapper()), ['once', variables('target', 'type', 'listener')]],
  ])
  const [by, read] = made.get(functionText(fn)) ?? []
  if (by === undefined || read === undefined) return undefined
  const args = [...read(scopes)]
  if (by === 'once' && (variable(scopes, 'fired') !== false || Object.hasOwn(args[0] as object, 'on'))) return undefined
  while (args.at(-1) === undefined) args.pop()
  return { kind: 'wrapped', by, args }
}

function variables(...names: readonly string[]): Read {
  return scopes => names.map(name => variable(scopes, name))
}

function variable(scopes: readonly LiveScope[], name: string): unknown {
  return scopes[levelOf(scopes, name)]?.object[name]
}

/** What it says is known to the function that it says it by. */
function deprecated(scopes: readonly LiveScope[]): readonly unknown[] {
  const warn = variable(scopes, 'emitDeprecationWarning')
  const around = typeof warn === 'function' ? lookInside(warn as Callable).scopes : []
  return [variable(scopes, 'fn'), variable(around, 'msg'), variable(around, 'code')]
}

/** What `once` puts among the listeners of an emitter. */
function onceWrapper(): Callable {
  const emitter = new EventEmitter()
  EventEmitter.prototype.once.call(emitter, 'picloud', () => undefined)
  return emitter.rawListeners('picloud')[0] as Callable
}

/** Why what Node made of a function can't be made again there; undefined where it made it of none. */
export function madeBy(fn: Callable): Words | undefined {
  const text = functionText(fn)
  if (functionText(AsyncResource.prototype.bind).includes(text)) return asynchronousWords
  return functionText(performance.timerify).includes(text) ? timerifiedWords : undefined
}

const asynchronousWords: Words = {
  why: 'it is bound to an asynchronous context of this process, as by AsyncResource.bind, or AsyncLocalStorage.bind and .snapshot',
  hint: 'Send the function itself, and bind it in the job.',
}
const timerifiedWords: Words = {
  why: 'it was made by performance.timerify, which measures calls in this process',
  hint: 'Send the function itself, and wrap it in the job.',
}
