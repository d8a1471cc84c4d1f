import { CloudException, factsOf, isErrorCode } from '../../protocol/errors.ts'
import { decodeFrame, type Frame } from '../../protocol/frame.ts'
import { type Content, type Fetch, LocalRequest, LocalResponse, type ResponseLike } from '../../protocol/message.ts'
import { backoff, MAX_TRIES } from './backoff.ts'
import { sleep } from './sleep.ts'

export interface TransportOptions {
  readonly fetch: Fetch
  /** The service's address; paths are joined to it. */
  readonly url: string
  /** Tries at one request. Default: as backoff.ts says. */
  readonly tries?: number | undefined
  readonly random?: (() => number) | undefined
  /** Sent with each request; names in lower case. */
  readonly headers?: Readonly<Record<string, string>> | undefined
}

interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly content?: Content
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly signal?: AbortSignal | undefined
  readonly patience?: number
}

/**
 * Requests and their answers, typed by the caller. What fails for a reason that may pass is tried again: every
 * request of ours may come twice, since jobs are named by leased jids and all else is put or read.
 */
export class Transport {
  readonly #fetch: Fetch
  readonly #url: string
  readonly #tries: number
  readonly #random: () => number
  readonly #headers: Readonly<Record<string, string>> | undefined

  constructor({ fetch, url, tries = MAX_TRIES, random = Math.random, headers }: TransportOptions) {
    this.#headers = headers
    this.#fetch = fetch
    this.#url = url.endsWith('/') ? url.slice(0, -1) : url
    this.#tries = tries
    this.#random = random
  }

  /** A JSON body, or none; the answer is JSON, or nothing. */
  async json<A>(method: Ask['method'], path: string, value?: unknown, signal?: AbortSignal): Promise<A> {
    const response = await this.#send({
      method,
      path,
      ...(value !== undefined && { content: { kind: 'json', value } }),
      signal,
    })
    return (await jsonOf(response)) as A
  }

  /** A frame; the answer is JSON. */
  async frame<A>(path: string, header: unknown, sections: readonly Uint8Array[]): Promise<A> {
    const response = await this.#send({ method: 'POST', path, content: { kind: 'frame', header, sections } })
    return (await jsonOf(response)) as A
  }

  /** A frame; the answer is one. */
  async exchange(path: string, header: unknown, sections: readonly Uint8Array[]): Promise<Frame> {
    return frameOf(await this.#send({ method: 'POST', path, content: { kind: 'frame', header, sections } }))
  }

  /** A JSON body; the answer is a frame. `patience`: milliseconds for which a service that is away is asked again, however often. */
  async askFrame(path: string, value: unknown, signal?: AbortSignal, patience = 0): Promise<Frame> {
    return frameOf(await this.#send({ method: 'POST', path, content: { kind: 'json', value }, signal, patience }))
  }

  /** `path` may be a whole URL, as a presigned one is. With `if-none-match` it is no failure that something is there. */
  async put(path: string, parts: readonly Uint8Array[], headers?: Ask['headers']): Promise<void> {
    await this.#send({ method: 'PUT', path, content: { kind: 'bytes', parts }, headers })
  }

  async bytes(path: string): Promise<Uint8Array> {
    const response = await this.#send({ method: 'GET', path })
    if (!(response instanceof LocalResponse)) return new Uint8Array(await response.arrayBuffer())
    const parts = response.parts()
    return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts)
  }

  async #send(ask: Ask): Promise<ResponseLike> {
    let response: ResponseLike | undefined
    try {
      response = await this.#fetch(this.#request(ask))
      if (isFine(response, ask)) return response
    } catch (error) {
      return this.#again(ask, failureOf(error, ask), 0)
    }
    return this.#again(ask, await problemOf(response), retryAfterOf(response))
  }

  async #again(ask: Ask, first: CloudException, firstWait: number): Promise<ResponseLike> {
    let error = first
    let wait = firstWait
    const until = performance.now() + (ask.patience ?? 0)
    for (let tries = 1; factsOf(error.code).retry; tries++) {
      if (tries >= this.#tries && (error.code !== 'unavailable' || performance.now() >= until)) break
      await sleep(backoff(tries, this.#random(), wait), ask.signal)
      if (ask.signal?.aborted) throw failureOf(ask.signal.reason, ask)
      try {
        const response = await this.#fetch(this.#request(ask))
        if (isFine(response, ask)) return response
        error = await problemOf(response)
        wait = retryAfterOf(response)
      } catch (caught) {
        error = failureOf(caught, ask)
        wait = 0
      }
    }
    throw error
  }

  #request({ method, path, content, headers, signal }: Ask): LocalRequest {
    const url = path.startsWith('/') ? this.#url + path : path
    const given = this.#headers === undefined ? headers : { ...this.#headers, ...headers }
    return new LocalRequest({ method, url, content, headers: given, signal })
  }
}

/** A put that only wanted to be first, and came second: perhaps to itself, as its answer was lost. */
function isFine({ status }: ResponseLike, { headers }: Ask): boolean {
  return status < 300 || (status === 412 && headers?.['if-none-match'] !== undefined)
}

function frameOf(response: ResponseLike): Frame | Promise<Frame> {
  if (!(response instanceof LocalResponse)) return response.arrayBuffer().then(all => decodeFrame(new Uint8Array(all)))
  return response.content.kind === 'frame' ? response.content : response.bytes().then(decodeFrame)
}

async function jsonOf(response: ResponseLike): Promise<unknown> {
  if (response.status === 204) return undefined
  if (response instanceof LocalResponse && response.content.kind === 'json') return response.content.value
  return JSON.parse(new TextDecoder().decode(await response.arrayBuffer()))
}

/** What a fetch itself fails with: an abort, or no answer at all. */
function failureOf(error: unknown, { method, path, signal }: Ask): CloudException {
  if (CloudException.isCloudException(error)) return error
  if (signal?.aborted) return new CloudException('The request was given up.', { code: 'aborted', cause: error })
  return new CloudException(`The service did not answer ${method} ${path}.`, {
    code: 'unavailable',
    hint: 'Is its address right, and the network up?',
    cause: error,
  })
}

async function problemOf(response: ResponseLike): Promise<CloudException> {
  const { status } = response
  let problem: Record<string, unknown> = {}
  try {
    problem = ((await jsonOf(response)) ?? {}) as Record<string, unknown>
  } catch {
    // A gateway in between answers as it likes: the status has to do.
  }
  const { code, detail, jid, requestId } = problem
  const known = typeof code === 'string' && isErrorCode(code) ? code : codeOfStatus(status)
  const [message, hint] =
    typeof detail === 'string' ? wordsOf(detail, problem['hint']) : [`The service answered ${status}.`]
  const isLogged = known === 'internal' && typeof requestId === 'string'
  const wait = retryAfterOf(response)
  return new CloudException(message, {
    code: known,
    ...(typeof jid === 'number' && { jid }),
    ...(wait > 0 && { retryAfter: wait / 1_000 }),
    ...(hint !== undefined && { hint }),
    ...(isLogged && { hint: `Its log has it as request ${requestId}.` }),
  })
}

/** A detail ends with its hint, and an exception puts it there again. */
function wordsOf(detail: string, hint: unknown): readonly [message: string, hint?: string] {
  if (typeof hint !== 'string' || !detail.endsWith(` ${hint}`)) return [detail]
  return [detail.slice(0, -hint.length - 1), hint]
}

function codeOfStatus(status: number): CloudException['code'] {
  if (status === 401) return 'unauthorized'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not-found'
  // Our own service says a code; S3 says this of two puts at once, and wants to be asked again.
  if (status === 409) return 'unavailable'
  if (status === 413) return 'too-large'
  if (status === 429) return 'rate-limited'
  return status >= 500 ? 'unavailable' : 'invalid-request'
}

function retryAfterOf(response: ResponseLike): number {
  const seconds = Number(response.headers.get('retry-after') ?? 0)
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 0
}
