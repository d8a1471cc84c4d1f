import { CloudException, type ErrorCode } from '../../protocol/errors.ts'
import type { Frame } from '../../protocol/frame.ts'
import type { Range } from '../../protocol/job.ts'
import type { WireOptions } from '../../protocol/options.ts'
import { paths } from '../../protocol/paths.ts'
import type { CallAnswer, CallHeader, SubmitAnswer, SubmitHeader } from '../../protocol/routes.ts'
import type { Transport } from '../connect/transport.ts'
import { Bundles, type Prepared } from './functions.ts'
import { Habit, type Interest, waitFor } from './habit.ts'
import type { Leases } from './leases.ts'
import { type Part, SubmitRequest } from './submit-request.ts'
import { dependencies, type ReadOptions } from './wire-options.ts'

/** Answers in a row that say a bundle is missing before we stop believing that it can be put. */
const MAX_SUPPLIES = 3

/** A call that waits for the end of the tick. */
interface Waiting extends Settling {
  readonly payload: Uint8Array
}

/** Who made a call, and hears of its answer. */
export interface Settling {
  readonly accepted: (jid: number) => void
  readonly failed: (error: unknown) => void
  readonly interest: Interest
}

/** Calls of one tick with one function and one set of options: one submission. */
interface Group {
  readonly prepared: Prepared
  readonly options: ReadOptions
  readonly depends: readonly Range[]
  readonly calls: Waiting[]
  bytes: number
}

/** A submission with the calls that wait for its answer, in the order of their jids. */
interface Outgoing {
  readonly part: Part
  readonly options: ReadOptions
  readonly calls: readonly Waiting[]
}

export interface CallParams {
  readonly prepared: Prepared
  readonly options: ReadOptions
  readonly depends: readonly Range[]
  readonly payload: Uint8Array
}

/** What became of jobs that ended before their submit was answered. */
export type Told = (finished: CallAnswer['finished'], sections: readonly Uint8Array[]) => void

/** Sends submissions. Calls of one tick leave together, as few submissions as they can be, in as few requests. */
export class Submitter {
  readonly #transport: Transport
  readonly #leases: Leases
  readonly #bundles: Bundles
  readonly #told: Told
  /** Whether callers lately asked for results as soon as they had the jids. */
  readonly habit = new Habit()
  #groups: Group[] = []
  /** Requests that have not been answered. */
  #underWay = 0

  constructor(transport: Transport, leases: Leases, told: Told) {
    this.#transport = transport
    this.#leases = leases
    this.#told = told
    this.#bundles = new Bundles(transport)
  }

  /** Calls `accepted` or `failed` once the service has answered. */
  call({ prepared, options, depends, payload }: CallParams, { accepted, failed, interest }: Settling): void {
    let group = this.#groups.at(-1)
    // A gate is a submission's: calls with references of their own stand alone.
    if (
      group === undefined ||
      group.prepared.reference.bundle !== prepared.reference.bundle ||
      group.options !== options ||
      group.depends.length > 0 ||
      depends.length > 0
    ) {
      group = { prepared, options, depends, calls: [], bytes: 0 }
      if (this.#groups.push(group) === 1) this.#flushSoon()
    }
    group.calls.push({ payload, accepted, failed, interest })
    group.bytes += payload.byteLength
  }

  /**
   * Sends parts whose jids are known. The request comes again with the same jids when its fate is unknown.
   * @param wait milliseconds for which the answer may wait for the ends of the jobs
   */
  async send(request: SubmitRequest, wait = 0): Promise<void> {
    const inline: NonNullable<SubmitHeader['bundles']> = []
    const sections = request.sections
    for (const prepared of request.functions.values()) {
      const bundle = this.#bundles.toSend(prepared)
      if (bundle !== undefined) inline.push({ hash: prepared.reference.bundle, section: sections.push(bundle) - 1 })
    }
    const header = request.header(inline.length > 0 ? inline : undefined)
    for (let supplies = 0; ; supplies++) {
      const { missing } =
        wait === 0
          ? await this.#transport.frame<SubmitAnswer>(paths.jobs, header, sections)
          : this.#taken(await this.#transport.exchange(paths.call, { ...header, wait } satisfies CallHeader, sections))
      if (missing === undefined || missing.length === 0) break
      if (supplies === MAX_SUPPLIES) {
        throw new CloudException(`The service keeps losing the bundle ${missing[0]}.`, { code: 'unavailable' })
      }
      await this.supply(missing, request.functions.values())
    }
    for (const prepared of request.functions.values()) this.#bundles.accepted(prepared)
  }

  #taken({ header, sections }: Frame): SubmitAnswer {
    const answer = header as CallAnswer
    if (answer.finished.length > 0) this.#told(answer.finished, sections)
    return answer
  }

  /** Puts bundles that the service said it lacks. */
  supply(missing: readonly string[], functions: Iterable<Prepared>): Promise<void> {
    return this.#bundles.supply(missing, functions)
  }

  /** While others are under way their answers bring more calls in this turn, which may as well leave together. */
  #flushSoon(): void {
    const flush = (): void => void this.#flush()
    if (this.#underWay > 0) setImmediate(flush)
    else queueMicrotask(flush)
  }

  async #flush(): Promise<void> {
    const groups = this.#groups
    this.#groups = []
    let request = new SubmitRequest()
    let outgoing: Outgoing[] = []
    for (const group of groups) {
      for (const piece of pieces(group)) {
        if (!request.fits(piece.calls.length, piece.bytes)) {
          void this.#dispatch(request, outgoing)
          request = new SubmitRequest()
          outgoing = []
        }
        try {
          const count = piece.calls.length
          const part = partOf(piece, this.#leases.take(count) ?? (await this.#leases.need(count)))
          request.add(part)
          outgoing.push({ part, options: piece.options, calls: piece.calls })
        } catch (error) {
          for (const call of piece.calls) call.failed(error)
        }
      }
    }
    if (!request.isEmpty) void this.#dispatch(request, outgoing)
  }

  /**
   * Where one submission is at fault the service refuses the whole request. Its halves are sent again, each by itself, until
   * those stand alone that are at fault: nobody is refused for what another call asked.
   */
  async #dispatch(request: SubmitRequest, outgoing: readonly Outgoing[]): Promise<void> {
    this.#underWay++
    try {
      await this.send(request, waitFor(outgoing, this.habit))
      this.#underWay--
    } catch (error) {
      this.#underWay--
      if (outgoing.length > 1 && concernsOne(error)) {
        const middle = outgoing.length >> 1
        const halves = [outgoing.slice(0, middle), outgoing.slice(middle)]
        await Promise.all(halves.map(half => this.#dispatch(requestOf(half), half)))
        return
      }
      for (const { calls } of outgoing) for (const { failed } of calls) failed(error)
      return
    }
    for (const { part, calls } of outgoing) {
      this.habit.accepted(part.first, calls.length)
      for (let index = 0; index < calls.length; index++) calls[index]?.accepted(part.first + index)
    }
  }
}

/** Codes of refusals that hang on what a submission is made of. The others concern the caller or the service. */
const ofOne: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid-request',
  'invalid-argument',
  'unsupported',
  'not-found',
  'unknown-job',
  'deleted-job',
  'conflict',
  'too-large',
])

function concernsOne(error: unknown): boolean {
  return CloudException.isCloudException(error) && ofOne.has(error.code)
}

function requestOf(outgoing: readonly Outgoing[]): SubmitRequest {
  const request = new SubmitRequest()
  for (const { part } of outgoing) request.add(part)
  return request
}

function partOf({ prepared, options, depends, calls }: Group, first: number): Part {
  return { id: first, first, payloads: calls.map(call => call.payload), prepared, options: wireOf(options, depends) }
}

/** The options as they travel now: what hangs on the moment or on the arguments is added. */
export function wireOf({ wire, delay }: ReadOptions, depends: readonly Range[]): WireOptions {
  if (delay === undefined && depends.length === 0) return wire
  return {
    ...wire,
    ...(delay !== undefined && { startAt: Date.now() + delay }),
    ...(depends.length > 0 && { dependsOn: dependencies([...(wire.dependsOn ?? []), ...depends]) }),
  }
}

/** A group in pieces that a request can carry. */
function pieces(group: Group): readonly Group[] {
  if (group.calls.length <= MAX_PIECE_CALLS && group.bytes <= MAX_PIECE_BYTES) return [group]
  const all: Group[] = []
  let piece: Group | undefined
  for (const call of group.calls) {
    const size = call.payload.byteLength
    if (piece === undefined || piece.calls.length === MAX_PIECE_CALLS || piece.bytes + size > MAX_PIECE_BYTES) {
      piece = { ...group, calls: [], bytes: 0 }
      all.push(piece)
    }
    piece.calls.push(call)
    piece.bytes += size
  }
  return all
}

/** Calls of one submission among those of a tick. */
const MAX_PIECE_CALLS = 1_000
/** Bytes of their arguments. */
const MAX_PIECE_BYTES = 1024 * 1024
