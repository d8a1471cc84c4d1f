import type { Callable } from '../value/captured.ts'
import type { SourcePlace } from './capture-error.ts'
import { type Bundled, bundleOf } from './emit/bundle.ts'
import { rememberFunctions } from './known-functions.ts'
import { displayName } from './nodes/function-name.ts'
import type { ModuleBundle } from './packages/module-bundle.ts'
import { Recapture } from './recapture.ts'
import { placeOf } from './source/script.ts'
import { type Arity, arityOf } from './source/signature.ts'
import { type WrittenSignature, writtenSignature } from './source/written-signature.ts'

export type { ModuleBundle }

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
  readonly functions: readonly Callable[]
  readonly name: string
  /** How many arguments its signature takes. */
  readonly arity: Arity
  /** What its text says of its parameters; undefined for functions that travel by reference. Throws for a parameter without a name. */
  signature(): WrittenSignature | undefined
  /** Where it stands in the user's files; undefined for functions that travel by reference. */
  readonly place: SourcePlace | undefined
}

/**
 * A function and everything that it uses, as it is now. Runs nothing of the user's and changes nothing. The same
 * function with the same captured state gives the same object.
 * @param options `environment`: the job has one, and packages with native code come from there
 * @throws {CaptureError} for what can't travel, with the path to it and what to do
 */
export function capture(fn: Callable, { environment = false }: { readonly environment?: boolean } = {}): Captured {
  const captures = environment ? withEnvironment : plain
  const known = captures.get(fn)
  const before = known?.bundled
  const again = known?.recapture()
  if (known !== undefined && again !== undefined) {
    if (again !== before) {
      const { bundle, hash } = again
      rememberFunctions(hash, known.captured.functions)
      known.captured = { ...known.captured, bundle, hash }
    }
    return known.captured
  }
  const bundled = bundleOf(fn, displayName(fn), { environment })
  const captured = described(fn, bundled)
  captures.set(fn, new Recapture(bundled, captured))
  return captured
}

const plain = new WeakMap<Callable, Recapture>()
const withEnvironment = new WeakMap<Callable, Recapture>()

function described(fn: Callable, { bundle, hash, code, modules, graph }: Bundled): Captured {
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
    signature: () => (isOwn ? writtenSignature(own.code, displayName(fn)) : undefined),
    arity: arityOf(isOwn ? own.code : undefined),
    place: isOwn ? placeOf(own.code.script, own.code.start) : undefined,
  }
}
