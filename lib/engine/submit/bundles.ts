import { MAX_BUNDLE_BYTES, MAX_INLINE_BUNDLE_BYTES } from '../../protocol/limits.ts'
import { paths } from '../../protocol/paths.ts'
import type { BundleUploadAnswer, BundleUploadRequest, FunctionReference, SubmitHeader } from '../../protocol/routes.ts'
import { bundleKey } from '../ports/blob-keys.ts'
import type { Ports } from '../ports/ports.ts'
import { invalid } from '../records/refuse.ts'

/** Who names functions, and may bring small bundles along. */
export type Needing = Pick<SubmitHeader, 'bundles'> & {
  readonly submissions: readonly { readonly function: FunctionReference }[]
}

/** Function and module bundles: content-addressed, kept once, never changed. */
export interface Bundles {
  has(hash: string): Promise<boolean>
  put(hash: string, bytes: Uint8Array): Promise<void>
  get(hash: string): Promise<Uint8Array | undefined>
  /** Where to put a large one. */
  upload(hash: string, request: BundleUploadRequest): Promise<BundleUploadAnswer>
  /** Which of those that the functions need nobody put. */
  lacking(functions: readonly FunctionReference[]): Promise<readonly string[]>
  /** Whether nothing rides along and all that is needed is known to be kept: then there is nothing to look for. */
  areKnown(header: Needing): boolean
  /** Takes those that ride along, and answers which others the submissions need and nobody put. */
  missing(header: Needing, sections: readonly Uint8Array[]): Promise<readonly string[]>
}

/** Hashes remembered as kept: a bundle is never deleted. */
const REMEMBERED = 10_000
const none: readonly string[] = []

export function createBundles({ blobs, digest }: Pick<Ports, 'blobs' | 'digest'>): Bundles {
  const known = new Set<string>()

  function remember(hash: string): void {
    if (known.size >= REMEMBERED) known.clear()
    known.add(hash)
  }

  async function has(hash: string): Promise<boolean> {
    if (known.has(hash)) return true
    if ((await blobs.size({ key: bundleKey(hash) })) === undefined) return false
    remember(hash)
    return true
  }

  async function put(hash: string, bytes: Uint8Array): Promise<void> {
    if (known.has(hash)) return
    if (bytes.byteLength > MAX_BUNDLE_BYTES) {
      throw invalid(`Bundle ${hash} is ${bytes.byteLength} bytes, above ${MAX_BUNDLE_BYTES}.`, undefined, 'too-large')
    }
    const actual = digest(bytes)
    if (actual !== hash) throw invalid(`A bundle was put as ${hash}, but its content’s hash is ${actual}.`)
    await blobs.put({ key: bundleKey(hash), parts: [bytes], ifAbsent: true })
    remember(hash)
  }

  async function lacking(functions: readonly FunctionReference[]): Promise<readonly string[]> {
    const missing = new Set<string>()
    let last: unknown
    for (const needed of functions) {
      if (needed === last) continue
      last = needed
      for (const hash of [needed.bundle, ...(needed.modules ?? [])]) {
        if (!(known.has(hash) || (await has(hash)))) missing.add(hash)
      }
    }
    return [...missing]
  }

  return {
    has,
    put,
    get: hash => blobs.get({ key: bundleKey(hash) }),
    async upload(sha256, { size }) {
      const place = await blobs.uploadPlace?.({ key: bundleKey(sha256), size, sha256 })
      return place ?? { url: paths.functions.replace(':hash', sha256) }
    },
    areKnown({ bundles, submissions }) {
      if (bundles !== undefined) return false
      for (const { function: needed } of submissions) {
        if (!known.has(needed.bundle)) return false
        for (const hash of needed.modules ?? none) if (!known.has(hash)) return false
      }
      return true
    },
    async missing(header, sections) {
      for (const bundle of header.bundles ?? []) await put(bundle.hash, ridingAlong(bundle, sections))
      return await lacking(header.submissions.map(submission => submission.function))
    },
    lacking,
  }
}

function ridingAlong(
  { hash, section }: { readonly hash: string; readonly section: number },
  sections: readonly Uint8Array[],
): Uint8Array {
  const bytes = sections[section]
  if (bytes === undefined) throw invalid(`Bundle ${hash} names section ${section}, which is not there.`)
  if (bytes.byteLength <= MAX_INLINE_BUNDLE_BYTES) return bytes
  const hint = `Put it first; up to ${MAX_INLINE_BUNDLE_BYTES} bytes ride along.`
  throw invalid(`Bundle ${hash} is ${bytes.byteLength} bytes.`, hint, 'too-large')
}
