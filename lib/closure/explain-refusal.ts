import { CloudException } from '../protocol/errors.ts'
import type { Path } from '../value/path.ts'
import { ValueError } from '../value/value-error.ts'
import { CaptureError } from './capture-error.ts'
import type { Graph } from './graph/graph.ts'
import { packageClassOnWay } from './package-instance.ts'
import { wayTo } from './refusal-path.ts'
import { callSite } from './source/call-site.ts'
import { placeOf } from './source/script.ts'
import { anyHint, privateNameHint } from './words.ts'

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
      hint: cause.hint ?? anyHint,
      cause,
    })
  }
  return new CaptureError(error.reason, { path, place, hint: hintOf(error, inRoot, graph), cause: error })
}

function hintOf({ reason, hint }: ValueError, path: Path, graph: Graph): string {
  if (isOfPrivateName(reason, path, graph)) return privateNameHint
  const owner = packageClassOnWay(graph.root, path)
  return owner === undefined
    ? (hint ?? anyHint)
    : `It is inside of an instance of ${owner}, a package’s class: make that in the job.`
}

/** Whether it is a WeakMap or WeakSet in a variable that a compiler made of a private name, as its helpers in the file tell. */
function isOfPrivateName(reason: string, path: Path, { functions }: Graph): boolean {
  const [part, index, , ...rest] = path
  if (!/^a Weak(?:Map|Set) /.test(reason) || part?.kind !== 'index' || part.index !== 1 || rest.length > 0) return false
  const code = index?.kind === 'index' ? functions[index.index]?.code : undefined
  return code !== undefined && compiledPrivate.test(code.script.source)
}

/** Of esbuild, TypeScript, Babel and SWC. */
const compiledPrivate =
  /\b(?:__privateAdd|__classPrivateField(?:Get|Set|In)|_classPrivate(?:FieldInitSpec|MethodInitSpec|FieldGet2?)|_class_private_(?:field|method)_init)\b/

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

function placeIn([part, index]: Path, { functions }: Graph): CaptureError['place'] {
  if (part?.kind !== 'index' || part.index !== 1 || index?.kind !== 'index') return undefined
  const code = functions[index.index]?.code
  return code === undefined ? undefined : placeOf(code.script, code.start)
}
