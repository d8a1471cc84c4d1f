import type { IncomingMessage, ServerResponse } from 'node:http'
import { CloudException } from '../protocol/errors.ts'
import type { RequestLike } from '../protocol/message.ts'

/** Bytes up to which a body is taken in one go: most are small, and walking a stream costs more than they do. */
const WHOLE_BYTES = 64 * 1024

/** A request that came in over the network, as the app takes it: nothing of it is copied, and its body is read as it is asked for. */
export class NetworkRequest implements RequestLike {
  readonly method: string
  readonly url: string
  readonly #incoming: IncomingMessage
  readonly #response: ServerResponse
  #signal: AbortSignal | undefined
  #heldBack: boolean

  /** @param origin of the service: what the path stands behind */
  constructor(incoming: IncomingMessage, response: ServerResponse, origin: string) {
    const { method = 'GET', url = '/' } = incoming
    this.#incoming = incoming
    this.#response = response
    this.#heldBack = /^100-continue$/i.test(incoming.headers.expect ?? '')
    // The answer to HEAD is that to GET, without its body.
    this.method = method === 'HEAD' ? 'GET' : method
    this.url = origin + url
  }

  /** Whether its sender still waits for leave to send the body. */
  get isHeldBack(): boolean {
    return this.#heldBack
  }

  #letIn(): void {
    if (!this.#heldBack) return
    this.#heldBack = false
    this.#response.writeContinue()
  }

  /** The address that it came from. */
  get from(): string {
    return this.#incoming.socket.remoteAddress ?? ''
  }

  get headers(): RequestLike['headers'] {
    const { headers } = this.#incoming
    return {
      get(name) {
        const value = headers[name.toLowerCase()]
        return Array.isArray(value) ? value.join(', ') : (value ?? null)
      },
    }
  }

  /** Aborts when the client is gone before it has its answer. */
  get signal(): AbortSignal {
    if (this.#signal === undefined) {
      const controller = new AbortController()
      const response = this.#response
      response.once('close', () => {
        if (!response.writableFinished) controller.abort()
      })
      this.#signal = controller.signal
    }
    return this.#signal
  }

  whole(): Promise<Uint8Array> | undefined {
    const incoming = this.#incoming
    if (!(Number(incoming.headers['content-length']) <= WHOLE_BYTES)) return undefined
    this.#letIn()
    return new Promise((resolve, reject) => {
      const parts: Buffer[] = []
      incoming.on('data', (part: Buffer) => parts.push(part))
      incoming.once('end', () => resolve(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)))
      incoming.once('error', cause => reject(brokenOff(cause)))
    })
  }

  /** Null: there is none, as the headers say. */
  get body(): AsyncIterable<Uint8Array> | null {
    const { 'content-length': length = '0', 'transfer-encoding': coding } = this.#incoming.headers
    return coding === undefined && Number(length) === 0 ? null : this.#bodyOf(this.#incoming)
  }

  async *#bodyOf(incoming: IncomingMessage): AsyncGenerator<Uint8Array> {
    this.#letIn()
    try {
      yield* incoming as AsyncIterable<Uint8Array>
    } catch (cause) {
      throw brokenOff(cause)
    }
  }
}

function brokenOff(cause: unknown): CloudException {
  return new CloudException('The connection ended before the body did.', { code: 'aborted', cause })
}
