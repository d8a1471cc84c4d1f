import { CloudException } from '../protocol/errors.ts'
import { type Path, renderPath } from '../value/path.ts'
import { ValueError } from '../value/value-error.ts'
import { CaptureError } from './capture-error.ts'
import type { Graph } from './graph/graph.ts'
import { displayName } from './nodes/resolve-function.ts'
import { placeOf } from './source/script.ts'

/** Says a refusal of the encoder in the user's terms: which variable of which function holds what can't travel. */
export function explainRefusal(error: unknown, graph: Graph, name: string): unknown {
  if (!(error instanceof ValueError)) return error
  const { cause } = error
  // A mistake of ours is not the user's refusal.
  if (cause !== undefined && !CloudException.isCloudException(cause)) return cause
  const { path, place } = translate(error.path ?? [], graph, name)
  if (cause instanceof CaptureError) {
    const [first = '', ...rest] = cause.path
    const whole = isNamed(path.at(-1) ?? '', first) ? [...path, ...rest] : [...path, ...cause.path]
    return new CaptureError(cause.reason, { path: whole, place: cause.place ?? place, hint: cause.hint, cause })
  }
  return new CaptureError(error.reason, { path, place, hint: error.hint, cause: error })
}

// What was refused may be named by the variable or the property that holds it.
function isNamed(last: string, name: string): boolean {
  return name === '(anonymous)' || last === name || last.endsWith(`.${name}`)
}

type Place = CaptureError['place']

// The encoder saw `[value, [[extras, ...cells], …]]`.
function translate(path: Path, graph: Graph, name: string): { path: string[]; place: Place } {
  const [part, index, cell] = path.map(step => (step.kind === 'index' ? step.index : undefined))
  if (part !== 1) return { path: withRest([name], path.slice(1)), place: undefined }
  const captured = graph.functions[index ?? -1]
  if (captured === undefined || index === undefined) return { path: [name], place: undefined }
  const variable = cell === undefined || cell === 0 ? [] : [captured.cells[cell - 1]?.name ?? '?']
  const place = placeOf(captured.code.script, captured.code.start)
  return { path: withRest([...pathTo(index, graph), ...variable], path.slice(3)), place }
}

function withRest(path: string[], rest: Path): string[] {
  if (rest.length === 0) return path
  const last = path.at(-1) ?? ''
  return [...path.slice(0, -1), renderPath(rest, last)]
}

/** By which functions and variables a function was reached, as far as they hold each other directly. */
function pathTo(index: number, graph: Graph): string[] {
  const { fn } = graph.functions[index] as Graph['functions'][number]
  for (let before = 0; before < index; before++) {
    const holder = graph.functions[before] as Graph['functions'][number]
    const cell = holder.cells.find(({ value }) => value === fn)
    if (cell !== undefined) return [...pathTo(before, graph), cell.name]
  }
  return [displayName(fn)]
}
