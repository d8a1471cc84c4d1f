import { intrinsicName } from '../../value/intrinsics.ts'
import { CaptureError } from '../capture-error.ts'
import { canEncode } from '../graph/encode-graph.ts'
import { Graph } from '../graph/graph.ts'
import type { GraphOptions } from '../graph/graph-options.ts'
import { builtInPathOf } from '../nodes/built-ins.ts'
import type { PackageUse } from '../packages/entry-text.ts'
import { type FreshState, labelOf, PRIMITIVE, UNSEEN } from '../packages/fresh-state.ts'
import { hasForeignFunctions, type Late, lateState } from '../packages/late-state.ts'
import { earlierLook } from '../packages/looked-at.ts'
import type { ModuleBundle } from '../packages/module-bundle.ts'
import { forgetPath } from '../packages/package-index.ts'

/** How packages are bundled that may hold more here than where they were just loaded. */
export interface StateOptions extends GraphOptions {
  /** See `bundlePackages`. */
  readonly looks?: boolean | undefined
  /** What can't travel of what packages came to hold. */
  readonly left?: readonly Late[] | undefined
}

/**
 * Packages make some things only as they are used, and programs put things on them: what they have here, and not in a
 * process that just loaded them, goes along. To look in such a process takes time, so it is only done where something is met
 * that may have more.
 * @returns with what it has to be captured again; undefined where nothing is missing
 * @throws {CaptureError} for what a package does not have there and can't be put on it
 */
export function withPackageState<Options extends StateOptions>(
  graph: Graph,
  [packages]: readonly ModuleBundle[],
  name: string,
  options: Options,
): Options | undefined {
  const { packages: uses, met } = graph.references
  if (packages === undefined || uses.length === 0) return undefined
  if (options.looks !== true && !isToBeLookedAt(graph)) {
    return hasForeignFunctions(uses, packages) ? { ...options, looks: true } : undefined
  }
  const fresh = earlierLook(uses)
  if (fresh === undefined) return undefined
  if (fresh.objects.length === 0) return undefined
  const absent = met.filter(([path, value]) => !isIn(path, value, uses, fresh))
  for (const [path, value] of absent) {
    if (path.length <= 2) throw madeLater(path, name)
    forgetPath(value, path.slice(1))
  }
  if (absent.length > 0) return options
  const { late = [], left = [] } = options
  const known = [...late, ...left]
  const more = lateState(uses, fresh, packages.files, isOfProcess).filter(
    ({ object, key }) => !known.some(it => it.object === object && it.key === key),
  )
  return more.length === 0 ? undefined : { ...options, late: [...late, ...more] }
}

/**
 * What a program put on a package and can't travel stays behind, unless something that travels needs it.
 * @returns undefined where all of it can, or has to
 */
export function withoutUnsendable<Options extends StateOptions>(
  { references }: Graph,
  options: Options,
): Options | undefined {
  const { late = [], left = [] } = options
  const needed = new Set<unknown>(references.met.flatMap(([, value]) => [value, prototypeOf(value)]))
  const stays = late.filter(each => !needed.has(each.object) && !sends(each, options))
  if (stays.length === 0) return undefined
  return { ...options, late: late.filter(each => !stays.includes(each)), left: [...left, ...stays] }
}

function sends({ slot: { value, get, set } }: Late, options: GraphOptions): boolean {
  return canEncode(new Graph([value, get, set], { ...options, late: undefined }))
}

function isOfProcess(value: object): boolean {
  return intrinsicName(value) !== undefined || builtInPathOf(value) !== undefined
}

/** Whether something of packages was met that may have more than it has where they were just loaded. */
export function isToBeLookedAt({ references }: Graph): boolean {
  return references.met.some(mayHaveMore)
}

/** Functions that have nothing of their own are as the package's text makes them. */
function mayHaveMore([, value]: readonly [path: unknown, value: object | symbol]): boolean {
  if (typeof value === 'symbol') return false
  if (typeof value !== 'function') return true
  const prototype = prototypeOf(value)
  if (Reflect.ownKeys(value).some(key => !usual.has(key))) return true
  return typeof prototype === 'object' && prototype !== null && Reflect.ownKeys(prototype).length > 1
}

const usual = new Set<string | symbol>(['length', 'name', 'prototype', 'arguments', 'caller'])

function prototypeOf(value: object | symbol): unknown {
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.value
}

/** Whether something stands at a path of the bundle's exports. What was not looked at is taken to be there. */
function isIn(
  path: readonly string[],
  value: unknown,
  uses: readonly PackageUse[],
  { roots, objects }: FreshState,
): boolean {
  const isWhole = uses[Number(path[0]?.slice(1))]?.members === undefined
  const [start, rest] = isWhole ? [path.slice(0, 1), path.slice(1)] : [path.slice(0, 2), path.slice(2)]
  let at = roots[JSON.stringify(start)] ?? -1
  if (at < 0) return path.length > 2 || typeof value === 'symbol'
  for (const key of rest) {
    if (at === UNSEEN) return true
    const below = objects[at]?.[labelOf(key)]
    if (below === undefined) return false
    at = below
  }
  return at !== PRIMITIVE || typeof value === 'symbol'
}

function madeLater(path: readonly string[], name: string): CaptureError {
  return new CaptureError(
    `it holds something of a package that needs ${path.slice(1).join('.')}, which the package makes only as it is used`,
    { path: [name], hint: 'Make it in the job.' },
  )
}
