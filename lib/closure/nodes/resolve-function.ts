import { fileURLToPath } from 'node:url'
import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { functionText } from '../../value/captured.ts'
import type { Inside } from '../../value/inside.ts'
import { intrinsicName, judgeFunctionsBy, knowsIntrinsics, noteProgramFunction } from '../../value/intrinsics.ts'
import type { WireReference } from '../bundle-format.ts'
import { CaptureError } from '../capture-error.ts'
import { ownFiles } from '../own-files.ts'
import { indexExports, type PackagePath, packagePathOf } from '../packages/package-index.ts'
import { isNoted, noteScript, scriptFacts } from '../source/debugged-scripts.ts'
import { noteDeclared } from '../source/declared-functions.ts'
import { type FunctionCode, functionCode } from '../source/function-code.ts'
import { type FunctionInside, type LiveScope, type Location, lookInside } from '../source/inspector.ts'
import { placeOf, scriptOf, syntaxAt } from '../source/script.ts'
import { scriptOnStack } from '../source/script-on-stack.ts'
import type { SeenScopes } from '../source/seen-scopes.ts'
import { withinCapture } from '../source/within-capture.ts'
import { mockWords, otherContextHint } from '../words.ts'
import { boundInside } from './bound-functions.ts'
import { builtInPathOf } from './built-ins.ts'
import { displayName } from './function-name.ts'
import { hostPathOf } from './host-modules.ts'
import { proxyInside } from './proxies.ts'
import { madeBy, wrappedInside } from './wrapped-functions.ts'

/** What is to be done with a function: take it by reference, or by its text and what it sees. */
export type Resolved =
  | { readonly by: 'reference'; readonly reference: WireReference }
  | { readonly by: 'package'; readonly path: PackagePath }
  | { readonly by: 'inside'; readonly inside: Inside }
  | ({ readonly by: 'value'; readonly code: FunctionCode } & SeenScopes)

/** @throws {CaptureError} for a function that can't travel */
export function resolveFunction(fn: Callable): Resolved {
  if (types.isProxy(fn)) return { by: 'inside', inside: proxyInside(fn) }
  const name = displayName(fn)
  const host = hostPathOf(fn)
  if (host !== undefined) return { by: 'reference', reference: ['host', ...host] }
  const intrinsic = intrinsicName(fn)
  if (intrinsic !== undefined) return { by: 'reference', reference: ['intrinsic', intrinsic] }
  const { last } = withinCapture
  const inside = last?.fn === fn ? last.inside : lookInside(fn)
  const { location, bound, scopes } = inside
  if (bound) return resolveBound(fn)
  noteScriptOf(fn, inside)
  const url = location === undefined ? 'node:' : (scriptFacts(location.scriptId)?.url ?? '')
  if (location === undefined || url.startsWith('node:')) return madeByNode(fn, inside, name)
  if (isPackaged(url)) {
    const known = packagePathOf(fn, pathOf(url))
    // Also for the others that its file exports, which it may have handed out.
    const path = exportedByItsFile(fn, location, scopes, name) ?? known
    if (path !== undefined) return { by: 'package', path }
  }
  if (url.startsWith(ownFiles)) {
    throw refusal(name, 'it belongs to PiCloud itself and is not exported', 'Use what `picloud` exports.')
  }
  if (isOfOtherContext(fn)) {
    throw refusal(name, 'it was made in another context of node:vm', otherContextHint)
  }
  const code = functionCode(syntaxAt(location, functionText(fn), name))
  noteDeclared(code.script, scopes)
  return { by: 'value', code, scopes, withs: inside.withs }
}

/** Node exports some that it bound itself, as `path.format`. */
function resolveBound(fn: Callable): Resolved {
  const path = builtInPathOf(fn)
  if (path !== undefined) return { by: 'reference', reference: ['builtin', ...path] }
  return { by: 'inside', inside: boundInside(fn) }
}

function madeByNode(fn: Callable, inside: FunctionInside, name: string): Resolved {
  if (builtInPathOf(fn) === undefined) {
    const wrapped = wrappedInside(fn, inside)
    if (wrapped !== undefined) return { by: 'inside', inside: wrapped }
    // For a package, which exports it.
    const path = packagePathOf(fn)
    if (path !== undefined) return { by: 'package', path }
  }
  return { by: 'reference', reference: nodesOwn(fn, name, inside.location === undefined) }
}

/** What a package makes and hands out travels by value, what it exports does not, also where only its own files know it. */
function exportedByItsFile(
  fn: Callable,
  location: Location,
  scopes: readonly LiveScope[],
  name: string,
): PackagePath | undefined {
  indexExports(scriptOf(location.scriptId, name), scopes)
  return packagePathOf(fn)
}

/** Why its text can't stand alone; undefined where it can. */
export function textRefusal(fn: Callable, { refusal, script }: FunctionCode): CaptureError | undefined {
  if (refusal === undefined) return undefined
  const { why, hint, start } = refusal
  return new CaptureError(why, { path: [displayName(fn)], place: placeOf(script, start), hint })
}

/** Whether what it inherits from in the end is another `Object.prototype` than ours. */
export function isOfOtherContext(fn: Callable): boolean {
  let last: object = fn
  for (let above: object | null = fn; above !== null; above = Object.getPrototypeOf(above) as object | null) {
    if (types.isProxy(above)) return false
    last = above
  }
  const own: unknown = Object.getOwnPropertyDescriptor(last, 'hasOwnProperty')?.value
  return last !== Object.prototype && typeof own === 'function' && functionText(own).endsWith('{ [native code] }')
}

/**
 * Whether every process has a function. While there is no table of these yet, which takes as long to make as a function to
 * capture, V8 is asked first where it stands: in a file of the program it is none.
 */
export function isIntrinsic(fn: Callable): boolean {
  if (!knowsIntrinsics() && isOfProgram(fn)) noteProgramFunction(fn)
  return intrinsicName(fn) !== undefined
}

function isOfProgram(fn: Callable): boolean {
  if (types.isProxy(fn)) return false
  const inside = lookInside(fn)
  withinCapture.last = { fn, inside }
  if (inside.location === undefined || inside.bound) return false
  noteScriptOf(fn, inside)
  return scriptFacts(inside.location.scriptId)?.url.startsWith('node:') === false
}

judgeFunctionsBy(isOfProgram)

function noteScriptOf(fn: Callable, inside: FunctionInside): void {
  if (inside.location === undefined || isNoted(inside.location.scriptId)) return
  const script = scriptOnStack(fn, inside)
  if (script !== undefined) noteScript(script)
}

/** Of a class: Node keeps it to itself, and what its instances hold too. */
export function isInsideNode(fn: Callable): boolean {
  if (types.isProxy(fn) || intrinsicName(fn) !== undefined || hostPathOf(fn) !== undefined) return false
  const { location } = lookInside(fn)
  const url = location === undefined ? 'node:' : (scriptFacts(location.scriptId)?.url ?? '')
  return url.startsWith('node:') && builtInPathOf(fn) === undefined
}

function nodesOwn(fn: Callable, name: string, isNative: boolean): WireReference {
  const path = builtInPathOf(fn)
  if (path !== undefined) return ['builtin', ...path]
  if (isNative) {
    throw refusal(
      name,
      'it is native code that no module exports, as the two functions of a promise are',
      'Wrap what you need in a function of your own.',
    )
  }
  const maker = isMock(fn) ? mockWords : madeBy(fn)
  if (maker !== undefined) throw refusal('(anonymous)', maker.why, maker.hint)
  throw refusal(
    name,
    'it belongs to the inside of Node, and no module exports it',
    'Wrap what you need in a function of your own.',
  )
}

/** What node:test put in the place of a function, as by `mock.fn` and `mock.method`. */
function isMock(fn: Callable): boolean {
  const { location } = lookInside(fn)
  return location !== undefined && scriptFacts(location.scriptId)?.url.startsWith('node:internal/test_runner/') === true
}

function refusal(name: string, why: string, hint: string): CaptureError {
  return new CaptureError(why, { path: [name], hint })
}

/** The same, or what it is in a job: there all packages are one script. */
export function isOfPackages(url: string): boolean {
  return isPackaged(url) || url.startsWith('picloud-packages:')
}

export function isPackaged(url: string): boolean {
  return url.includes('/node_modules/')
}

function pathOf(url: string): string {
  return url.startsWith('file:') ? fileURLToPath(url) : url
}
