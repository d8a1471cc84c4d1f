import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CloudException, factsOf } from '../protocol/errors.ts'
import type { Principal } from '../protocol/job.ts'
import { type Content, LocalRequest, LocalResponse } from '../protocol/message.ts'
import { paths } from '../protocol/paths.ts'
import type { WaitRequest } from '../protocol/routes.ts'
import { contentOf, decodeMessage, encodeMessage, type MessageHead, sizeOf } from './frames/message-frame.ts'
import { frame, frameKind, MAX_SOCKET_BYTES } from './frames/wire.ts'
import type { Slot } from './slot.ts'

/** Answers the requests of jobs: the same app as the client's, with the job as the principal. */
export type Serve = (request: LocalRequest, principal: Principal) => Promise<LocalResponse>

export interface AsksOwner {
  /** This job waits for others from now on. False: it must not, as nothing could run any more. */
  blocks(slot: Slot): boolean
  unblocks(slot: Slot): void
}

/** The requests that running jobs make of this process. */
export class Asks {
  readonly #serve: Serve
  readonly #folder: string
  readonly #owner: AsksOwner
  readonly #asking = new Map<Slot, Map<number, AbortController>>()

  constructor(serve: Serve, folder: string, owner: AsksOwner) {
    this.#serve = serve
    this.#folder = folder
    this.#owner = owner
  }

  receive(slot: Slot, kind: number, body: Buffer): void {
    if (kind === frameKind.ask) void this.#answer(slot, body)
    else if (kind === frameKind.askEnded) this.#asking.get(slot)?.get(body.readUInt32LE(0))?.abort()
  }

  /** The child is gone: nobody reads the answers any more. */
  drop(slot: Slot): void {
    for (const controller of this.#asking.get(slot)?.values() ?? []) controller.abort()
    this.#asking.delete(slot)
  }

  async #answer(slot: Slot, body: Buffer): Promise<void> {
    const { head, bytes } = decodeMessage(body)
    const controller = new AbortController()
    const open = this.#asking.get(slot) ?? new Map<number, AbortController>()
    this.#asking.set(slot, open.set(head.id, controller))
    const response = await this.#responseTo(slot, head, bytes, controller.signal)
    open.delete(head.id)
    if (!slot.gone && !controller.signal.aborted) await this.#send(slot, head.id, response)
  }

  async #responseTo(slot: Slot, head: MessageHead, bytes: Buffer, signal: AbortSignal): Promise<LocalResponse> {
    const { method = 'GET', url = '', headers, kind, file, sequence = -1 } = head
    const ticket = slot.flight.of(sequence)
    if (ticket === undefined) return problem(new CloudException('This job has ended.', { code: 'closed' }))
    const { jid, launch } = ticket
    const { attempt, depth, key } = launch.work
    const principal: Principal = { kind: 'job', jid, attempt, depth, ...(key !== undefined && { key }) }
    let waits = false
    try {
      const content = contentOf(kind, file === undefined ? bytes : await takeFile(file))
      waits = isWait(url, content)
      if (waits && !this.#owner.blocks(slot)) {
        waits = false
        return problem(deadlock(jid))
      }
      return await this.#serve(new LocalRequest({ method, url, headers, signal, content }), principal)
    } catch (error) {
      return problem(error)
    } finally {
      if (waits) this.#owner.unblocks(slot)
    }
  }

  async #send(slot: Slot, id: number, response: LocalResponse): Promise<void> {
    const { status, content } = response
    const head = {
      id,
      status,
      kind: content.kind === 'stream' ? 'bytes' : content.kind,
      headers: response.headers.toRecord(),
    }
    const parts = content.kind === 'stream' ? [await response.bytes()] : response.parts()
    if (sizeOf(parts) <= MAX_SOCKET_BYTES) {
      slot.child.send(frame(frameKind.answer, encodeMessage(head, parts)))
      return
    }
    const file = join(this.#folder, `answer-${process.pid}-${slot.child.pid}-${id}`)
    await writeFile(file, parts, { mode: 0o600 })
    if (slot.gone) await rm(file, { force: true })
    else slot.child.send(frame(frameKind.answer, encodeMessage({ ...head, file }, [])))
  }
}

/** Whether the job does nothing until others end; one that only looks how they stand goes on at once. */
function isWait(url: string, content: Content): boolean {
  if (content.kind !== 'json' || new URL(url).pathname !== paths.wait) return false
  return (content.value as Partial<WaitRequest> | null)?.wait !== 0
}

async function takeFile(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file)
  await rm(file, { force: true })
  return bytes
}

function deadlock(jid: number): CloudException {
  return new CloudException(
    `Job ${jid} would wait for other jobs, but every process that may be started waits already.`,
    {
      code: 'deadlock',
      jid,
      hint: 'Let jobs return the jids that they started instead of waiting for them, or allow more waiting jobs.',
    },
  )
}

function problem(error: unknown): LocalResponse {
  const known = CloudException.isCloudException(error)
  const code = known ? error.code : 'internal'
  const { http } = factsOf(code)
  const status = http < 400 ? 409 : http
  const detail = error instanceof Error ? error.message : String(error)
  const value = {
    type: 'about:blank',
    title: code,
    status,
    detail,
    code,
    ...(known && error.jid !== undefined ? { jid: error.jid } : {}),
  }
  return new LocalResponse(status, { kind: 'json', value }, { 'content-type': 'application/problem+json' })
}
