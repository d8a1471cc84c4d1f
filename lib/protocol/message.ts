import { encodeFrame, FRAME_TYPE, type Frame } from './frame.ts'

/**
 * Requests and answers that stay in one process. They have the shape of the web's, but pass their bodies by reference:
 * a header is not written as JSON and read back, a large value is not copied. Whoever needs real ones converts them
 * (`toRequest`, `toResponse`). A body must not be changed once it was handed over.
 */

/** What is asked of a request by the app: a web Request has it, and so has a LocalRequest. */
export interface RequestLike {
  readonly method: string
  readonly url: string
  readonly headers: { get(name: string): string | null }
  /** Aborts when nobody waits for the answer any more; undefined where nobody could say so. */
  readonly signal: AbortSignal | undefined
  readonly body: AsyncIterable<Uint8Array> | null
  /** The address that it came from, over a network. */
  readonly from?: string | undefined
  /** The body in one go, where that is so small that walking it would cost more; then it is no longer to be walked. */
  whole?(): Promise<Uint8Array> | undefined
}

/** What is asked of an answer by the client. */
export interface ResponseLike {
  readonly status: number
  readonly headers: { get(name: string): string | null }
  arrayBuffer(): Promise<ArrayBuffer>
}

/** The one thing that a client knows of a service. */
export type Fetch = (request: LocalRequest) => Promise<ResponseLike>

export type Content =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json'; readonly value: unknown }
  | ({ readonly kind: 'frame' } & Frame)
  | { readonly kind: 'bytes'; readonly parts: readonly Uint8Array[] }
  /** What is too large to be held at once: read when it is written. `size` in bytes. */
  | { readonly kind: 'stream'; readonly size: number; readonly read: () => AsyncIterable<Uint8Array> }

const mediaTypes = {
  json: 'application/json',
  frame: FRAME_TYPE,
  bytes: 'application/octet-stream',
  stream: 'application/octet-stream',
} as const
export const PROBLEM_TYPE = 'application/problem+json'
const textEncoder = new TextEncoder()

class LocalHeaders {
  readonly #type: string | undefined
  readonly #given: Readonly<Record<string, string>> | undefined

  constructor(type: string | undefined, given: Readonly<Record<string, string>> | undefined) {
    this.#type = type
    this.#given = given
  }

  get(name: string): string | null {
    const key = name.toLowerCase()
    const given = this.#given?.[key]
    if (given !== undefined) return given
    return key === 'content-type' ? (this.#type ?? null) : null
  }

  toRecord(): Record<string, string> {
    return this.#type === undefined ? { ...this.#given } : { 'content-type': this.#type, ...this.#given }
  }
}

class LocalMessage {
  readonly content: Content
  readonly #given: Readonly<Record<string, string>> | undefined
  // Made when somebody looks: within one process hardly anybody does.
  #headers: LocalHeaders | undefined

  constructor(content: Content, headers?: Readonly<Record<string, string>>) {
    this.content = content
    this.#given = headers
  }

  /** Whether it says nothing in headers but the type of its content. */
  get isBare(): boolean {
    return this.#given === undefined
  }

  get headers(): LocalHeaders {
    const { kind } = this.content
    this.#headers ??= new LocalHeaders(kind === 'empty' ? undefined : mediaTypes[kind], this.#given)
    return this.#headers
  }

  /** The body as it would travel. */
  parts(): readonly Uint8Array[] {
    const { content } = this
    if (content.kind === 'empty') return []
    if (content.kind === 'bytes') return content.parts
    if (content.kind === 'stream') throw new Error('A stream has no parts yet: read it.')
    if (content.kind === 'frame') return [encodeFrame(content.header, content.sections)]
    return [textEncoder.encode(JSON.stringify(content.value))]
  }

  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    const { content } = this
    if (content.kind === 'empty') return null
    if (content.kind === 'stream') return ReadableStream.from(content.read() as AsyncIterable<Uint8Array<ArrayBuffer>>)
    return new Blob(this.parts() as Uint8Array<ArrayBuffer>[]).stream()
  }

  async bytes(): Promise<Uint8Array> {
    const { content } = this
    const parts = content.kind === 'stream' ? await Array.fromAsync(content.read()) : this.parts()
    return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts)
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(await this.bytes()).buffer
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes())
  }

  async json(): Promise<unknown> {
    return this.content.kind === 'json' ? structuredClone(this.content.value) : JSON.parse(await this.text())
  }
}

export interface LocalRequestInit {
  readonly method: string
  readonly url: string
  readonly content?: Content | undefined
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly signal?: AbortSignal | undefined
  /** The address that it came from. Default: none, as it was made in this process. */
  readonly from?: string | undefined
}

const empty: Content = { kind: 'empty' }

export class LocalRequest extends LocalMessage implements RequestLike {
  readonly method: string
  readonly url: string
  readonly signal: AbortSignal | undefined
  readonly from: string | undefined

  constructor({ method, url, content = empty, headers, signal, from }: LocalRequestInit) {
    super(content, headers)
    this.method = method
    this.url = url
    this.signal = signal
    this.from = from
  }

  /** For the network. */
  toRequest(): Request {
    const { method, signal } = this
    const init = { method, headers: this.headers.toRecord(), ...(signal !== undefined && { signal }) }
    if (this.content.kind === 'empty') return new Request(this.url, init)
    return new Request(this.url, { ...init, body: new Blob(this.parts() as Uint8Array<ArrayBuffer>[]) })
  }
}

export class LocalResponse extends LocalMessage implements ResponseLike {
  readonly status: number

  constructor(status: number, content: Content = empty, headers?: Readonly<Record<string, string>>) {
    super(content, headers)
    this.status = status
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300
  }

  /** For a server. */
  toResponse(): Response {
    const headers = this.headers.toRecord()
    if (this.content.kind === 'empty') return new Response(null, { status: this.status, headers })
    if (this.content.kind === 'stream') return new Response(this.body, { status: this.status, headers })
    const parts = this.parts()
    const body = parts.length === 1 ? (parts[0] as Uint8Array<ArrayBuffer>) : this.body
    return new Response(body, { status: this.status, headers })
  }
}
