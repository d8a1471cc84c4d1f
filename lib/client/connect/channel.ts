import type { Socket } from 'node:net'
import {
  type Answered,
  answeredOf,
  askedFrame,
  CHANNEL_PATH,
  contentKind,
  MAX_CHANNEL_REQUEST_BYTES,
  UPGRADE,
} from '../../protocol/channel.ts'
import { decodeFrame } from '../../protocol/frame.ts'
import { FRAME_HEADER_BYTES, FrameReader } from '../../protocol/frame-reader.ts'
import { type Content, type LocalRequest, LocalResponse, PROBLEM_TYPE } from '../../protocol/message.ts'

/** Milliseconds for which a channel may be silent while something is asked: longer than any request waits. */
const SILENCE_MS = 60_000
/** Bytes of a frame besides its content, at most: the head, the path, and what aligns them. */
const HEAD_BYTES = FRAME_HEADER_BYTES + 264
/** Paths as they are written: nothing of them is to be read by anybody's rules. */
const plainPath = /^(?:\/[\w-]+)+$/

interface Waiting {
  readonly resolve: (response: LocalResponse) => void
  readonly reject: (error: unknown) => void
  readonly abort: AbortSignal | undefined
  readonly giveUp: (() => void) | undefined
}

/** A request as a channel takes it. */
export interface Sendable {
  readonly kind: number
  readonly path: string
  readonly content: Uint8Array
}

const nothing = new Uint8Array(0)

/**
 * What of a request goes through a channel; undefined: it is large, or says more than its path and its content, and goes by
 * itself.
 */
export function sendable(request: LocalRequest, origin: string): Sendable | undefined {
  const { method, url, content } = request
  if (method !== 'POST' || content.kind === 'bytes' || content.kind === 'stream') return undefined
  const path = url.slice(origin.length)
  if (path.length > 255 || !plainPath.test(path)) return undefined
  const [part = nothing] = request.parts()
  if (part.byteLength + HEAD_BYTES > MAX_CHANNEL_REQUEST_BYTES) return undefined
  return { kind: contentKind[content.kind], path, content: part }
}

/** The client's end of a channel: see `protocol/channel.ts`. It is unreferenced while nothing is asked. */
export class Channel {
  readonly #socket: Socket
  readonly #waiting = new Map<number, Waiting>()
  readonly #reader = new FrameReader((number, body) => this.#answered(answeredOf(number, body)))
  #last = 0
  #corked = false
  #failure: Error | undefined

  constructor(socket: Socket, head: Buffer) {
    this.#socket = socket
    socket.setNoDelay(true)
    socket.unref()
    socket.setTimeout(SILENCE_MS, () => {
      const error = this.#waiting.size > 0 ? new Error('The connection was silent for too long.') : undefined
      socket.destroy(error)
    })
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
    socket.on('error', error => {
      this.#failure = error
    })
    socket.once('close', () => this.#closed())
    if (head.byteLength > 0) this.#read(head)
  }

  get isOpen(): boolean {
    return !this.#socket.destroyed && this.#socket.writable
  }

  ask({ kind, path, content }: Sendable, abort: AbortSignal | undefined): Promise<LocalResponse> {
    return new Promise((resolve, reject) => {
      if (abort?.aborted) return reject(abort.reason)
      this.#last = (this.#last + 1) % 2 ** 32
      const number = this.#last
      const giveUp = abort && (() => this.#giveUp(number))
      if (giveUp !== undefined) abort?.addEventListener('abort', giveUp)
      if (this.#waiting.size === 0) this.#socket.ref()
      this.#waiting.set(number, { resolve, reject, abort, giveUp })
      this.#write(askedFrame({ number, kind, path, content }))
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #write(frame: Buffer): void {
    if (!this.#corked) {
      this.#corked = true
      this.#socket.cork()
      process.nextTick(() => {
        this.#corked = false
        this.#socket.uncork()
      })
    }
    this.#socket.write(frame)
  }

  #read(chunk: Buffer): void {
    try {
      this.#reader.push(chunk)
    } catch (error) {
      this.#socket.destroy(error as Error)
    }
  }

  #answered(answer: Answered | undefined): void {
    if (answer === undefined) throw new RangeError('An answer has a status.')
    const waiting = this.#taken(answer.number)
    try {
      waiting?.resolve(responseOf(answer))
    } catch (error) {
      waiting?.reject(error)
    }
  }

  #giveUp(number: number): void {
    const waiting = this.#taken(number)
    this.#write(askedFrame({ number, kind: contentKind.ended, path: '', content: nothing }))
    waiting?.reject(waiting.abort?.reason)
  }

  #taken(number: number): Waiting | undefined {
    const waiting = this.#waiting.get(number)
    if (waiting === undefined) return undefined
    this.#waiting.delete(number)
    if (waiting.giveUp !== undefined) waiting.abort?.removeEventListener('abort', waiting.giveUp)
    if (this.#waiting.size === 0) this.#socket.unref()
    return waiting
  }

  #closed(): void {
    const error = this.#failure ?? new Error('The connection ended before the answer came.')
    for (const number of [...this.#waiting.keys()]) this.#taken(number)?.reject(error)
  }
}

function responseOf({ kind, status, retryAfter, content }: Answered): LocalResponse {
  const headers: Record<string, string> = {}
  if (kind === contentKind.problem) headers['content-type'] = PROBLEM_TYPE
  if (retryAfter > 0) headers['retry-after'] = String(retryAfter)
  return new LocalResponse(status, contentOf(kind, content), headers)
}

function contentOf(kind: number, bytes: Uint8Array): Content {
  if (kind === contentKind.empty) return { kind: 'empty' }
  if (kind === contentKind.frame) return { kind: 'frame', ...decodeFrame(bytes) }
  return { kind: 'json', value: JSON.parse(new TextDecoder().decode(bytes)) }
}

/**
 * Asks a service for a channel. Undefined: it has none, or what stands in between lets none through.
 * @param headers of the request that asks; its key is that of all that goes through
 */
export async function openChannel(
  origin: string,
  headers: Readonly<Record<string, string>>,
): Promise<Channel | undefined> {
  const { request } = await import('node:http')
  return new Promise((resolve, reject) => {
    const asked = request(origin + CHANNEL_PATH, {
      headers: { ...headers, connection: 'upgrade', upgrade: UPGRADE },
      timeout: SILENCE_MS,
      agent: false,
    })
    asked.once('upgrade', (_answer, socket, head) => resolve(new Channel(socket, head)))
    asked.once('response', answer => {
      answer.resume()
      asked.destroy()
      resolve(undefined)
    })
    asked.once('timeout', () => asked.destroy(new Error('The connection was silent for too long.')))
    asked.once('error', reject)
    asked.end()
  })
}
