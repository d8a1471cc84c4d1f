import { MAX_REQUEST_BYTES, MAX_REQUEST_JOBS, MAX_SEGMENT_JOBS } from '../../protocol/limits.ts'
import type { WireOptions } from '../../protocol/options.ts'
import { endsSection, pack } from '../../protocol/packed.ts'
import type { Submission, SubmitHeader } from '../../protocol/routes.ts'
import type { Prepared } from './functions.ts'
import { leftOfBlock } from './leases.ts'

/** Bytes of a request's body that are not arguments: header, indexes, a bundle. */
const OVERHEAD_BYTES = 512 * 1024
/** Bytes of arguments that one request carries. */
export const MAX_ARGUMENT_BYTES = MAX_REQUEST_BYTES - OVERHEAD_BYTES
/** Submissions of one request: their functions and options take room in the header. */
const MAX_SUBMISSIONS = 500

/** A submission, or a further part of one, whose jids are known. */
export interface Part {
  readonly id: number
  readonly first: number
  readonly payloads: readonly Uint8Array[]
  readonly prepared: Prepared
  readonly options: WireOptions
  readonly open?: boolean
}

/** One request to be: submissions are added until it is full. */
export class SubmitRequest {
  readonly #submissions: Submission[] = []
  readonly sections: Uint8Array[] = []
  /** By their bundle. */
  readonly functions = new Map<string, Prepared>()
  #jobs = 0
  #bytes = 0

  get isEmpty(): boolean {
    return this.#submissions.length === 0
  }

  /** Whether so many more jobs, of so many bytes in all, still fit. */
  fits(jobs: number, bytes: number): boolean {
    if (this.isEmpty) return true
    return (
      this.#jobs + jobs <= MAX_REQUEST_JOBS &&
      this.#bytes + bytes <= MAX_ARGUMENT_BYTES &&
      this.#submissions.length < MAX_SUBMISSIONS
    )
  }

  add({ id, first, payloads, prepared, options, open }: Part): void {
    const segments: Submission['segments'] = []
    for (let from = 0; from < payloads.length; ) {
      const count = Math.min(MAX_SEGMENT_JOBS, payloads.length - from, leftOfBlock(first + from))
      const packed = pack(count === payloads.length ? payloads : payloads.slice(from, from + count))
      const at = this.sections.push(endsSection(packed), packed.bytes) - 2
      this.#bytes += packed.bytes.byteLength
      segments.push({ first: first + from, count, args: [at, at + 1] })
      from += count
    }
    this.#jobs += payloads.length
    this.functions.set(prepared.reference.bundle, prepared)
    this.#submissions.push({ id, function: prepared.reference, options, segments, ...(open && { open }) })
  }

  header(bundles: SubmitHeader['bundles']): SubmitHeader {
    return bundles === undefined ? { submissions: this.#submissions } : { submissions: this.#submissions, bundles }
  }
}
