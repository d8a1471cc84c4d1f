import type { Captured } from '../../closure/capture.ts'
import type { Graph } from '../../closure/graph/graph.ts'
import { isHeldBy, type WeakHolder } from '../../closure/graph/weak-holders.ts'
import { heldBy } from '../../closure/held-by.ts'
import { decodeParcel, encodeParcel, hiddenOf, isParcel, type Parcel, plainEncoder } from '../../closure/parcel.ts'
import { isHeldName } from '../../closure/parcel-held.ts'
import { type Sent, sentSymbol } from '../../closure/sent.ts'
import type { SharedState } from '../../closure/shared-state.ts'
import { CloudException } from '../../protocol/errors.ts'
import type { Range } from '../../protocol/job.ts'
import { MAX_BLOB_BYTES, MAX_INLINE_BYTES } from '../../protocol/limits.ts'
import { paths } from '../../protocol/paths.ts'
import { type BlobReference, encodeBlobReference } from '../../protocol/payload.ts'
import { plainOf, valueOfPlain } from '../../protocol/plain-payload.ts'
import type { UploadAnswer } from '../../protocol/routes.ts'
import { decode } from '../../value/decode.ts'
import { encodeList, gather } from '../../value/encode.ts'
import type { Encoded, EncodeOptions, Numbered } from '../../value/encoding.ts'
import { OUT_OF_BAND_BYTES } from '../../value/limits.ts'
import type { Connection } from '../connect/session.ts'
import type { Transport } from '../connect/transport.ts'
import { standIns } from './references.ts'

/** One job's arguments as they travel. */
export interface Payload {
  /** A promise where they are large: they are on their way to become a blob. */
  readonly bytes: Uint8Array | Promise<Uint8Array>
  /** Bytes of the arguments themselves: what is held until they were sent. */
  readonly size: number
  /** The jobs whose results stand among them. */
  readonly depends: readonly Range[]
  /** What they share with the function of the job; undefined where they share nothing. */
  readonly shared: SharedState | undefined
  /** What its result may name of them. */
  readonly sent: Sent | undefined
}

const nothing: readonly never[] = []

/** Where large arguments go. */
export interface Uploads {
  readonly connection: Pick<Connection, 'stage'>
  readonly transport: Transport
}

/** Encodes the arguments of jobs of one function. */
export class ArgumentEncoder {
  readonly #service: Uploads
  readonly level: 0 | 1 | 2
  readonly #captured: Captured
  readonly #foreign: EncodeOptions['foreign']
  #holding: Holding | undefined
  #depends: Range[] = []
  #shared: SharedState | undefined
  /** What the last plain arguments hold. */
  #things: Iterable<unknown> = nothing

  constructor(captured: Captured, level: 0 | 1 | 2, service: Uploads) {
    this.#service = service
    this.level = level
    this.#captured = captured
    this.#foreign = standIns(range => this.#depends.push(range))
  }

  /**
   * Captures the arguments as they are now: what the caller changes later is not seen.
   * @param together they are captured along with the function: objects that it holds are its own there
   * @param leavesWeak whether the function may be captured once more, with the WeakMaps that they need: see `SharedState`
   */
  encode(args: readonly unknown[], together: boolean, leavesWeak = false): Payload {
    const encoded = this.#encode(args, this.#holdingOf(together), leavesWeak)
    const depends = this.#depends
    const shared = this.#shared
    this.#shared = undefined
    if (depends.length > 0) this.#depends = []
    return {
      bytes: encoded.size <= MAX_INLINE_BYTES ? gather(encoded) : this.#large(encoded),
      size: encoded.size,
      depends: depends.length === 0 ? nothing : depends,
      shared,
      sent: encoded.sent,
    }
  }

  #large({ parts, size }: Encoded): Uint8Array | Promise<Uint8Array> {
    const { connection, transport } = this.#service
    const key = size <= MAX_BLOB_BYTES ? connection.stage?.(parts) : undefined
    return key === undefined ? upload({ parts, size }, transport) : encodeBlobReference({ key, size })
  }

  #encode(args: readonly unknown[], holding: Holding, leavesWeak: boolean): Parcel {
    const { level } = this
    const { held, plain } = holding
    let isKept = false
    try {
      const parcel = plain(args)
      isKept = this.#isKept(holding)
      if (!isKept) return parcel
    } catch (error) {
      if (level === 2) throw error
    } finally {
      this.#things = nothing
    }
    this.#depends = []
    const carries = (graph: Graph): void => {
      this.#shared = this.#captured.sharedWith(graph)
    }
    const options = { foreign: this.#foreign, held, root: ROOT, weakHolders: this.#weakHoldersOf(holding), leavesWeak }
    return encodeParcel(args, { ...options, level, known: [this.#captured], carries, isKept })
  }

  /** Whether packages keep something for what the last plain arguments hold, beside what the function has itself. */
  #isKept(holding: Holding): boolean {
    let count = 0
    for (const thing of this.#things) {
      // The list of arguments is nobody's.
      if (count++ === 0 || typeof thing !== 'object' || thing === null) continue
      const holders = this.#weakHoldersOf(holding)
      if (holders.length === 0) return false
      if (holders.some(holder => isHeldBy(holder, thing)) && holding.held?.(thing) === undefined) return true
    }
    return false
  }

  #weakHoldersOf(holding: Holding): readonly WeakHolder[] {
    holding.weakHolders ??= this.level === 0 ? this.#captured.weakHolders() : nothing
    return holding.weakHolders
  }

  #holdingOf(together: boolean): Holding {
    const numbered = this.#captured.numbered()
    const known = this.#holding
    if (known?.numbered === numbered && known.together === together) return known
    const held = heldBy(this.#captured, together)
    this.#holding = { numbered, together, held, weakHolders: undefined, plain: this.#plain(held) }
    return this.#holding
  }

  // Without the path at first: most of what is refused here only needs the longer way.
  #plain(held: EncodeOptions['held']): (args: readonly unknown[]) => Parcel {
    const level = this.level === 0 ? 1 : this.level
    const hidden = hiddenOf([this.#captured], refuseFunctions)
    const numbered = ({ things }: Numbered): void => {
      this.#things = things
    }
    const options = { foreign: this.#foreign, held, root: ROOT, level, functions: refuseFunctions, hidden, numbered }
    return plainEncoder(options, encodeList)
  }
}

/** How arguments are encoded as long as the function holds what it holds now. */
interface Holding {
  readonly numbered: Numbered
  readonly together: boolean
  readonly held: EncodeOptions['held']
  /** Where packages that it uses may keep something for arguments, once that was asked. */
  weakHolders: readonly WeakHolder[] | undefined
  /** For arguments without functions. */
  readonly plain: (args: readonly unknown[]) => Parcel
}

/** How a refusal's path names the arguments. */
const ROOT = 'arguments'

function refuseFunctions(): never {
  throw new CloudException('They hold functions.', { code: 'value' })
}

async function upload(encoded: Encoded, transport: Transport): Promise<Uint8Array> {
  // The parts are views of the caller's memory, which may change before they are sent.
  const parts = encoded.parts.map(part => part.slice())
  const { key, url, headers } = await transport.json<UploadAnswer>('POST', paths.blobs, { size: encoded.size })
  await transport.put(url, parts, headers)
  return encodeBlobReference({ key, size: encoded.size })
}

/**
 * The value of a payload that is kept: what the caller does to it must not be seen by who asks next.
 * @param sent what the job was sent with
 */
export function decodeCached(payload: Uint8Array, sent: readonly Sent[]): unknown {
  return decodeValue(payload.byteLength < OUT_OF_BAND_BYTES ? payload : payload.slice(), sent)
}

export async function fetchValue(
  { key }: BlobReference,
  transport: Transport,
  sent: readonly Sent[],
): Promise<unknown> {
  return decodeValue(await transport.bytes(paths.blob.replace(':key{.+}', key)), sent)
}

/**
 * Large binary data in the value are views of these bytes. Functions, classes and unique symbols that this process sent
 * are its own again; other functions do nothing but throw: nothing of a job's runs here unasked.
 */
export function decodeValue(bytes: Uint8Array, sent: readonly Sent[] = []): unknown {
  const plain = plainOf(bytes)
  if (plain !== undefined) return valueOfPlain(plain)
  if (isParcel(bytes)) return decodeParcel(bytes, { sent })
  return decode(bytes, { foreign: data => (isHeldName(data) ? sentSymbol(data, sent) : undefined) })
}
