import { CloudException } from '../protocol/errors.ts'
import type { Path } from '../value/path.ts'
import { ValueError } from '../value/value-error.ts'
import { CaptureError } from './capture-error.ts'
import type { Graph } from './graph/graph.ts'
import { packageClassOnWay } from './nodes/package-instance.ts'
import { isPackaged } from './nodes/resolve-function.ts'
import { wayTo } from './refusal-path.ts'
import { callSite } from './source/call-site.ts'
import type { FunctionCode } from './source/function-code.ts'
import { placeOf } from './source/script.ts'
import { anyHint, bundledHint, fakeTimersHint, namedGroupsHint, privateNameHint } from './words.ts'

/**
 * Says a refusal in the user's terms: which variable of which function holds what can't travel, in which file and line,
 * and what to do instead.
 */
export function explainRefusal(error: unknown, graph: Graph, name: string): unknown {
  if (error instanceof CaptureError) return placed(error, graph)
  if (!(error instanceof ValueError)) return error
  const { cause } = error
  // A mistake of ours is not the user's refusal.
  if (cause !== undefined && !CloudException.isCloudException(cause)) return cause
  // The root was encoded behind the keys of classes.
  const inRoot = error.path?.slice(1) ?? []
  const path = wayTo(inRoot, graph, name)
  const place = placeIn(inRoot, graph) ?? fallbackPlace(graph)
  if (cause instanceof CaptureError) {
    const [first = '', ...rest] = cause.path
    const whole = isNamed(path.at(-1) ?? '', first) ? [...path, ...rest] : [...path, ...cause.path]
    return new CaptureError(cause.reason, {
      path: whole,
      place: cause.place ?? place,
      hint: hintOfCause(cause, inRoot, graph),
      cause,
    })
  }
  const hint = isBundled(inRoot, place, graph) ? bundledHint : hintOf(error, inRoot, path.at(-1), graph)
  return new CaptureError(error.reason, { path, place, hint, cause: error })
}

function hintOfCause({ hint = anyHint, place }: CaptureError, path: Path, graph: Graph): string {
  if (isOfFakeTimers(path, graph)) return fakeTimersHint
  return place !== undefined && packedByWebpack.test(place.url) ? bundledHint : hint
}

/** As webpack's source maps name what it put into a bundle. */
const packedByWebpack = /^webpack:.*\/node_modules\//

function hintOf({ reason, hint }: ValueError, path: Path, name: string | undefined, graph: Graph): string {
  if (isOfFakeTimers(path, graph)) return fakeTimersHint
  if (isOfNamedGroups(reason, path, graph)) return namedGroupsHint
  if (isOfPrivateName(reason, path, name, graph)) return privateNameHint
  const owner = packageClassOnWay(graph.root, path)
  return owner === undefined
    ? (hint ?? anyHint)
    : `It is inside of an instance of ${owner}, a package’s class: make that in the job.`
}

/**
 * Whether it is a WeakMap or WeakSet in a variable that a compiler made of a private name: its helpers are in the file, and
 * the function gives it to one.
 */
function isOfPrivateName(reason: string, path: Path, name: string | undefined, graph: Graph): boolean {
  const [, , , ...rest] = path
  if (!/^a Weak(?:Map|Set) /.test(reason) || name === undefined || rest.length > 0) return false
  const code = codeOn(path, graph)
  if (code === undefined || !compiledPrivate.test(code.script.source)) return false
  return argumentsIn(code.script.source.slice(code.start, code.end)).has(name)
}

/** Whether Babel or SWC keeps in it the groups that a regular expression names, for engines that know none. */
function isOfNamedGroups(reason: string, path: Path, graph: Graph): boolean {
  const code = /^a WeakMap /.test(reason) ? codeOn(path, graph) : undefined
  return code !== undefined && regExpWrapper.test(code.script.source.slice(code.start, code.end))
}

const regExpWrapper = /\b(?:Babel|Wrapped)RegExp\b|\b_?(?:wrapRegExp|wrap_reg_exp)\b/

/** The names that stand as arguments of calls. */
function argumentsIn(text: string): ReadonlySet<string> {
  return new Set(text.matchAll(/[(,]\s*([\w$]+)(?=\s*[,)])/g).map(([, name]) => name as string))
}

/** Of esbuild, TypeScript, Babel and SWC; what their helpers throw stays where names are made short. */
const compiledPrivate =
  /\b(?:__privateAdd|__classPrivateField(?:Get|Set|In)|_classPrivate(?:FieldInitSpec|MethodInitSpec|FieldGet2?)|_class_private_(?:field|method)_init)\b|Cannot add the same private member more than once|Cannot initialize the same private elements twice|Cannot read private member from an object whose class did not declare it/

/** Whether it is what a package holds whose code a bundler put into the user's file, as the source map says. */
function isBundled(path: Path, place: CaptureError['place'], graph: Graph): boolean {
  const code = codeOn(path, graph)
  return code !== undefined && place !== undefined && isPackaged(place.url) && !isPackaged(code.script.url)
}

/** Whether it is what the fake timers hold that Vitest, Jest and Sinon share: their clock is a variable of their dates' class. */
function isOfFakeTimers(path: Path, graph: Graph): boolean {
  return codeOn(path, graph)?.script.source.includes('class ClockDate extends ') === true
}

function codeOn([part, index]: Path, { functions }: Graph): FunctionCode | undefined {
  if (part?.kind !== 'index' || part.index !== 1 || index?.kind !== 'index') return undefined
  return functions[index.index]?.code
}

// What was refused may be named by the variable or the property that holds it.
export function isNamed(last: string, name: string): boolean {
  return name === '(anonymous)' || last === name || last.endsWith(`.${name}`)
}

function placed(error: CaptureError, graph: Graph): CaptureError {
  const { reason, path, place = fallbackPlace(graph) } = error
  return new CaptureError(reason, { path, place, hint: error.hint ?? anyHint, cause: error.cause })
}

/** The function that was to travel; one without a text of its own stands where it was given to us. */
function fallbackPlace({ functions: [first] }: Graph): CaptureError['place'] {
  return first === undefined ? callSite() : placeOf(first.code.script, first.code.start)
}

function placeIn(path: Path, graph: Graph): CaptureError['place'] {
  const code = codeOn(path, graph)
  return code === undefined ? undefined : placeOf(code.script, code.start)
}
