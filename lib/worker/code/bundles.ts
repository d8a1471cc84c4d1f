import { bundleKey } from '../../engine/ports/blob-keys.ts'
import type { Blobs } from '../../engine/ports/blobs.ts'
import { CloudException } from '../../protocol/errors.ts'
import { sha256 } from '../../value/sha256.ts'
import type { BundleSent } from '../frames/spec-frame.ts'
import { MAX_SOCKET_BYTES } from '../frames/wire.ts'

/** Bytes of bundles that are kept in memory, the last used ones; the rest is read again. */
const MAX_CACHED_BYTES = 64 * 1024 ** 2

/** Function and package bundles, by hash. */
export class Bundles {
  readonly #blobs: Blobs
  readonly #load: ((hash: string) => Promise<Uint8Array>) | undefined
  readonly #cached = new Map<string, BundleSent>()
  #bytes = 0

  /** @param load in the place of `blobs`, for a store that keeps bundles elsewhere */
  constructor(blobs: Blobs, load?: (hash: string) => Promise<Uint8Array>) {
    this.#blobs = blobs
    this.#load = load
  }

  /** All of them, when none has to be fetched first. */
  ready(hashes: readonly string[]): readonly BundleSent[] | undefined {
    const found: BundleSent[] = []
    for (const hash of hashes) {
      const bundle = this.#cached.get(hash)
      if (bundle === undefined) return undefined
      found.push(bundle)
    }
    return found
  }

  /** @throws {CloudException} with code `revive` when one is missing or broken */
  load(hashes: readonly string[]): Promise<BundleSent[]> {
    return Promise.all(hashes.map(async hash => this.#cached.get(hash) ?? this.#keep(await this.#fetch(hash))))
  }

  /** Its bytes, checked and not kept; throws as `load` does. */
  async read(hash: string): Promise<Uint8Array> {
    const key = bundleKey(hash)
    const bytes = await (this.#load?.(hash) ?? this.#blobs.get({ key }))
    if (bytes === undefined) throw new CloudException(`The function’s bundle ${hash} is missing.`, { code: 'revive' })
    // A store may have lost or changed it, and a client may have put it there itself.
    if (sha256(bytes) !== hash)
      throw new CloudException(`The function’s bundle ${hash} is broken: its content has another hash.`, {
        code: 'revive',
      })
    return bytes
  }

  async #fetch(hash: string): Promise<BundleSent> {
    const key = bundleKey(hash)
    const bytes = await this.read(hash)
    const size = bytes.byteLength
    if (size <= MAX_SOCKET_BYTES) return { hash, bytes, size }
    const file = await this.#blobs.file({ key })
    return file === undefined ? { hash, bytes, size } : { hash, file, size }
  }

  #keep(bundle: BundleSent): BundleSent {
    if (this.#cached.has(bundle.hash)) return bundle
    this.#cached.set(bundle.hash, bundle)
    this.#bytes += bundle.bytes?.byteLength ?? 0
    for (const [hash, { bytes }] of this.#cached) {
      if (this.#bytes <= MAX_CACHED_BYTES || hash === bundle.hash) break
      this.#cached.delete(hash)
      this.#bytes -= bytes?.byteLength ?? 0
    }
    return bundle
  }
}
