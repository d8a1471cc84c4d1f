import { Refusal } from '../value/value-error.ts'
import { CaptureError } from './capture-error.ts'
import type { Graph } from './graph/graph.ts'
import { weakMissing } from './graph/weak-state.ts'
import type { Binding } from './names/scope.ts'
import { displayName } from './nodes/function-name.ts'
import { packageOfFile } from './packages/bundle-refusal.ts'
import { releaseRemotes } from './source/end-of-capture.ts'
import { placeOf } from './source/script.ts'
import { type Seer, seersTogether } from './variables/same-variable.ts'

/** Something that functions of two messages have in common: in a job each message would have its own. */
export interface SharedState {
  /** Why they can't travel apart; undefined for packages, which each loads for itself then. */
  readonly refusal: CaptureError | undefined
  /** The functions of the arguments: those of a call are to travel with its function. */
  readonly functions: readonly unknown[]
  /** What the arguments hold of packages, under its names: it may travel with the function whatever becomes of the arguments. */
  readonly ofPackages: readonly unknown[]
  /** WeakMaps and WeakSets in which packages keep something for what the arguments hold. */
  readonly weak: readonly object[]
}

/**
 * What the functions of arguments share with the function that they are given to and can't name. Objects and symbols of
 * that function they name, wherever they hold them.
 */
export function sharedState(ofFunction: Graph, ofArguments: Graph): SharedState | undefined {
  try {
    const refusal = sharedAlone(ofFunction, ofArguments)
    const weak = weakMissing(ofArguments)
    const isAlone = refusal === undefined && weak.length === 0
    if (isAlone && !sharesPackage(ofFunction, ofArguments)) return undefined
    const { functions, opened, references } = ofArguments
    const ofPackages = references.met.map(([, thing]) => thing)
    return { refusal, functions: [...functions.map(({ fn }) => fn), ...opened.closed], ofPackages, weak }
  } finally {
    releaseRemotes()
  }
}

/** What each message would make for itself. */
function sharedAlone(ofFunction: Graph, ofArguments: Graph): CaptureError | undefined {
  const written = sharedVariable(ofFunction, ofArguments)
  if (written !== undefined) return refusal(written, `the variable ${written.name}`)
  const [closed] = ofArguments.opened.closed
  if (closed !== undefined) {
    const owner = displayName(closed)
    return apart([owner], `the class ${owner}, which has private fields,`, undefined)
  }
  for (const { fn, code, name } of ofArguments.functions) {
    if (code.syntax.kind !== 'class' || !ofFunction.members.hasAlone(code.syntax.node)) continue
    const place = placeOf(code.script, code.start)
    return apart([displayName(fn)], `the class ${name ?? ''}, of which that uses a method,`, place)
  }
  return undefined
}

/** Each message would load it for itself: an instance in one would be of no class of the other. */
function sharesPackage({ references: one }: Graph, { references: other }: Graph): boolean {
  const used = new Set(one.packages.map(({ entry }) => packageOfFile(entry.file)))
  return other.packages.some(({ entry }) => used.has(packageOfFile(entry.file)))
}

type NamedSeer = Seer & { readonly name: string }

function sharedVariable({ environments: one }: Graph, { environments: other }: Graph): NamedSeer | undefined {
  for (const [binding, seers] of other.seers) {
    const before = one.seers.get(binding)
    if (before === undefined || !(one.written.has(binding) || other.written.has(binding))) continue
    const isTop = binding.scope.parent === undefined
    for (const seer of seers) {
      if (isTop || before.some(it => seeOne(it, seer, binding))) return { ...seer, name: binding.name }
    }
  }
  return undefined
}

function seeOne(one: Seer, other: Seer, binding: Binding): boolean {
  if (one.fn === other.fn) return true
  try {
    // What it held when the function was captured first may have changed.
    return seersTogether([{ ...one, value: other.value }, other], binding).length > 0
  } catch (error) {
    // What can't be told is told where both are captured together.
    if (error instanceof Refusal) return true
    throw error
  }
}

function refusal({ fn, code, name }: NamedSeer, what: string): CaptureError {
  return apart([displayName(fn), name], what, placeOf(code.script, code.start))
}

function apart(path: readonly string[], what: string, place: CaptureError['place']): CaptureError {
  return new CaptureError(`it shares ${what} with the function that is mapped, and rows travel apart from that`, {
    path,
    place,
    hint: 'Let that function see it itself, or use `call`, whose arguments travel with the function.',
  })
}
