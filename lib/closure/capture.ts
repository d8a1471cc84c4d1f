import { hash as digest } from 'node:crypto'
import { encodeFrame } from '../protocol/frame.ts'
import { encode, gather } from '../value/encode.ts'
import type { SourcePlace } from './capture-error.ts'
import { emit } from './emit.ts'
import { explain } from './explain-refusal.ts'
import { Graph, type GraphOptions } from './graph.ts'
import { releaseRemotes } from './inspector.ts'
import { rememberFunctions } from './known-functions.ts'
import { displayName } from './resolve-function.ts'
import { placeOf } from './script.ts'
import { type Arity, arityOf } from './signature.ts'

/** A bundle of installed packages, which many functions may share. */
export interface ModuleBundle {
  /** SHA-256 of its bytes, hexadecimal. */
  readonly hash: string
  readonly bytes: Uint8Array
}

/** A function with all that it needs elsewhere, as bytes. */
export interface Captured {
  /** See `bundle-format`. */
  readonly bundle: Uint8Array
  /** SHA-256 of the bundle: the same function with the same captured state gives the same. Hexadecimal. */
  readonly hash: string
  /** SHA-256 of its code alone: the same whatever the captured variables hold. Hexadecimal. */
  readonly code: string
  readonly modules: readonly ModuleBundle[]
  /** All functions that travel by value, by id. */
  readonly functions: readonly Function[]
  readonly name: string
  /** How many arguments its signature takes. */
  readonly arity: Arity
  /** Where it stands in the user's files; undefined for functions that travel by reference. */
  readonly place: SourcePlace | undefined
}

/**
 * A function and everything that it uses, as it is now. Runs nothing of the user's and changes nothing.
 * @throws {CaptureError} for what can't travel, with the path to it and what to do
 */
export function capture(fn: Function): Captured {
  const { bundle, hash, code, modules, graph } = bundleOf(fn, displayName(fn))
  const [own] = graph.functions
  const functions = graph.functions.map(captured => captured.fn)
  rememberFunctions(hash, functions)
  const isOwn = own?.fn === fn
  return {
    bundle,
    hash,
    code,
    modules,
    functions,
    name: displayName(fn),
    arity: arityOf(isOwn ? own.code : undefined),
    place: isOwn ? placeOf(own.code.script, own.code.start) : undefined,
  }
}

export interface Bundled {
  readonly bundle: Uint8Array
  readonly hash: string
  readonly code: string
  readonly modules: readonly ModuleBundle[]
  readonly graph: Graph
}

/** A value and every function in it, as a bundle. `name` is what a refusal's path starts with. */
export function bundleOf(value: unknown, name: string, options?: GraphOptions): Bundled {
  const graph = new Graph(value, options)
  try {
    const data = encodeData(graph)
    const emitted = emit(graph)
    const code = encodeFrame(emitted.code, [new TextEncoder().encode(emitted.text)])
    const bundle = encodeFrame(emitted.bundle, [code, data])
    return { bundle, hash: sha256(bundle), code: sha256(code), modules: [], graph }
  } catch (error) {
    throw explain(error, graph, name)
  } finally {
    releaseRemotes()
  }
}

function encodeData(graph: Graph): Uint8Array {
  graph.findFunctions()
  for (;;) {
    const before = graph.functions.length
    const encoded = encode(graph.root, { functions: graph.idOf, foreign: graph.foreign })
    // A function that was met inside of an object brought a record that this pass has not seen.
    if (graph.functions.length === before) return gather(encoded)
  }
}

function sha256(bytes: Uint8Array): string {
  return digest('sha256', bytes, 'hex')
}
