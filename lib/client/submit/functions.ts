import { type Captured, capture } from '../../closure/capture.ts'
import { MAX_INLINE_BUNDLE_BYTES, MAX_REQUEST_BYTES } from '../../protocol/limits.ts'
import { paths } from '../../protocol/paths.ts'
import type { BundleUploadAnswer, FunctionReference } from '../../protocol/routes.ts'
import type { Callable } from '../../value/captured.ts'
import { argumentError, shown } from '../argument-error.ts'
import type { Transport } from '../connect/transport.ts'
import { warnOfLarge } from './large-closure.ts'

/** A captured function as submissions name it. */
export interface Prepared {
  readonly reference: FunctionReference
  readonly captured: Captured
}

const node = Number(process.versions.node.split('.')[0])
const prepared = new WeakMap<Captured, Prepared>()

/**
 * Captures a function with what it uses, as it is now. The same captured state gives the same object.
 * @param env the name of its jobs' environment: which packages are taken from there does not depend on it
 * @param along what the arguments share with it, or take of packages that it uses too
 */
export function prepare(fn: unknown, env?: string, along?: readonly unknown[]): Prepared {
  if (typeof fn !== 'function') throw argumentError(`The first argument is the function to run, not ${shown(fn)}.`)
  const captured = capture(fn as Callable, {
    environment: env !== undefined,
    ...(along !== undefined && { along }),
  })
  const known = prepared.get(captured)
  if (known !== undefined) return known
  const { hash, code, modules, name } = captured
  const reference: FunctionReference = { bundle: hash, code, name: name.slice(0, 1_000), node }
  if (modules.length > 0) reference.modules = modules.map(module => module.hash)
  warnOfLarge(fn as Callable, captured)
  const fresh = { reference, captured }
  prepared.set(captured, fresh)
  return fresh
}

/** Bundles that the service has, as far as this client knows. */
export class Bundles {
  readonly #transport: Transport
  readonly #there = new Set<string>()

  constructor(transport: Transport) {
    this.#transport = transport
  }

  /** The bundle to send along with a submission, if it is small and may be unknown. */
  toSend({ captured }: Prepared): Uint8Array | undefined {
    if (this.#there.has(captured.hash) || captured.bundle.byteLength > MAX_INLINE_BUNDLE_BYTES) return undefined
    return captured.bundle
  }

  accepted({ captured }: Prepared): void {
    this.#there.add(captured.hash)
  }

  /** Puts what the service said it lacks. */
  async supply(missing: readonly string[], functions: Iterable<Prepared>): Promise<void> {
    const wanted = new Set(missing)
    const puts: Promise<void>[] = []
    for (const { captured } of functions) {
      if (wanted.delete(captured.hash)) puts.push(this.#put(captured.hash, captured.bundle))
      for (const module of captured.modules) {
        if (wanted.delete(module.hash)) puts.push(this.#put(module.hash, module.bytes))
      }
    }
    await Promise.all(puts)
  }

  #put(hash: string, bytes: Uint8Array): Promise<void> {
    return putBundle(this.#transport, hash, bytes)
  }
}

/** Stores bytes under their hash: a large one where the service says. */
export async function putBundle(transport: Transport, hash: string, bytes: Uint8Array): Promise<void> {
  const size = bytes.byteLength
  if (size <= MAX_REQUEST_BYTES) return transport.put(paths.functions.replace(':hash', hash), [bytes])
  const asking = paths.functionUpload.replace(':hash', hash)
  const { url, headers } = await transport.json<BundleUploadAnswer>('POST', asking, { size })
  await transport.put(url, [bytes], headers)
}
