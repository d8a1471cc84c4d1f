import type { Duplex } from 'node:stream'
import {
  type Asked,
  answeredFrame,
  askedOf,
  type ContentKind,
  contentKind,
  MAX_CHANNEL_REQUEST_BYTES,
  MAX_CHANNEL_REQUESTS,
} from '../protocol/channel.ts'
import { CloudException } from '../protocol/errors.ts'
import { decodeFrame } from '../protocol/frame.ts'
import { FrameReader } from '../protocol/frame-reader.ts'
import { type Content, LocalRequest, type LocalResponse, PROBLEM_TYPE } from '../protocol/message.ts'

/** Bytes of answers that a client has not read, above which no request of its is. */
const MAX_UNREAD_BYTES = 16 * 1024 ** 2
const textDecoder = new TextDecoder('utf-8', { fatal: true })

export interface ChannelOptions {
  readonly serve: (request: LocalRequest) => Promise<LocalResponse>
  /** The answer to what is no request for it. */
  readonly refusal: (error: CloudException) => LocalResponse
  /** What the paths of the requests stand behind. */
  readonly origin: string
  /** Of the request that asked for the channel: said of each that comes through it, so that a key that is switched off is noticed. */
  readonly authorization: string | undefined
  readonly from: string | undefined
}

/** The service's end of a channel: see `protocol/channel.ts`. Each request is answered by the app as any other. */
export class Channel {
  readonly #socket: Duplex
  readonly #options: ChannelOptions
  readonly #reader = new FrameReader((number, body) => this.#take(number, body), MAX_CHANNEL_REQUEST_BYTES)
  /** By their numbers, what is asked and not answered. */
  readonly #asked = new Map<number, AbortController>()
  #corked = false
  #full = false
  #finishing = false

  /** @param head what came behind the request for the upgrade */
  constructor(socket: Duplex, head: Buffer, options: ChannelOptions) {
    this.#socket = socket
    this.#options = options
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
    socket.on('drain', () => this.#resume())
    // A client that is gone is no failure of ours.
    socket.on('error', () => undefined)
    socket.on('end', () => socket.end())
    socket.once('close', () => {
      for (const controller of this.#asked.values()) controller.abort()
    })
    if (head.byteLength > 0) this.#read(head)
  }

  /** Whether nobody waits for an answer. */
  get isIdle(): boolean {
    return this.#asked.size === 0
  }

  /** Takes nothing more, and ends once all is answered. What was not taken its client asks again elsewhere. */
  finish(): void {
    this.#finishing = true
    // What still comes is read and let go, as the client's end comes behind it.
    this.#socket.resume()
    if (this.isIdle) this.#socket.end()
  }

  destroy(): void {
    this.#socket.destroy()
  }

  #read(chunk: Buffer): void {
    if (this.#finishing) return
    try {
      this.#reader.push(chunk)
    } catch {
      // These are no frames of ours: where the next one starts nobody knows.
      this.#socket.destroy()
    }
  }

  #take(number: number, body: Buffer): void {
    const asked = askedOf(number, body)
    if (asked === undefined) throw new RangeError('A request has a kind and a path.')
    if (asked.kind === contentKind.ended) this.#asked.get(number)?.abort()
    else void this.#answer(asked)
  }

  async #answer(asked: Asked): Promise<void> {
    const controller = new AbortController()
    this.#asked.set(asked.number, controller)
    if (this.#asked.size >= MAX_CHANNEL_REQUESTS) this.#pause()
    const answer = await this.#serve(asked, controller.signal)
    this.#asked.delete(asked.number)
    this.#write(asked.number, answer)
    if (this.#finishing && this.isIdle) this.#socket.end()
    else if (this.#full) this.#resume()
  }

  async #serve({ kind, path, content }: Asked, signal: AbortSignal): Promise<LocalResponse> {
    const { serve, refusal, origin, authorization, from } = this.#options
    try {
      if (!path.startsWith('/')) throw refused(`“${path}” is no path: it begins with a slash`)
      const headers = authorization === undefined ? undefined : { authorization }
      const asked = { method: 'POST', url: origin + path, content: contentOf(kind, content), headers, signal, from }
      const answer = await serve(new LocalRequest(asked))
      if (answer.content.kind === 'stream') throw refused('What it asks for takes a connection of its own')
      return answer
    } catch (error) {
      return refusal(error as CloudException)
    }
  }

  #write(number: number, answer: LocalResponse): void {
    if (this.#socket.destroyed) return
    const { status, headers } = answer
    const parts = answer.parts()
    const content = parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts)
    const retryAfter = Math.ceil(Number(headers.get('retry-after') ?? 0))
    this.#cork()
    const frame = answeredFrame({ number, kind: kindOf(answer), status, retryAfter, content })
    // Who does not read its answers may ask nothing more.
    if (!this.#socket.write(frame) && this.#socket.writableLength > MAX_UNREAD_BYTES) this.#pause()
  }

  /** Answers of one turn go out together. */
  #cork(): void {
    if (this.#corked) return
    this.#corked = true
    this.#socket.cork()
    process.nextTick(() => {
      this.#corked = false
      this.#socket.uncork()
    })
  }

  #pause(): void {
    if (this.#finishing) return
    this.#full = true
    this.#socket.pause()
  }

  #resume(): void {
    if (this.#asked.size >= MAX_CHANNEL_REQUESTS || this.#socket.writableLength > MAX_UNREAD_BYTES) return
    this.#full = false
    this.#socket.resume()
  }
}

function contentOf(kind: number, bytes: Uint8Array): Content {
  if (kind === contentKind.frame) return { kind: 'frame', ...decodeFrame(bytes) }
  if (kind === contentKind.empty) return { kind: 'empty' }
  if (kind !== contentKind.json) throw refused(`A body of kind ${kind} is not known`)
  try {
    return { kind: 'json', value: JSON.parse(textDecoder.decode(bytes)) }
  } catch (cause) {
    throw refused('The body is not JSON', cause)
  }
}

function refused(why: string, cause?: unknown): CloudException {
  return new CloudException(`${why}.`, { code: 'invalid-request', cause })
}

function kindOf({ content, headers }: LocalResponse): ContentKind {
  if (content.kind === 'empty') return contentKind.empty
  if (content.kind === 'frame') return contentKind.frame
  return headers.get('content-type') === PROBLEM_TYPE ? contentKind.problem : contentKind.json
}
