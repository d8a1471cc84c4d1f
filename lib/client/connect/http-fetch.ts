import type { ClientRequest, IncomingMessage } from 'node:http'
import { type Fetch, type LocalRequest, LocalResponse } from '../../protocol/message.ts'

/** Milliseconds for which a connection may be silent: longer than any request waits. */
const SILENCE_MS = 60_000

/** What is asked of a service by `http:`, and how to let its connections go. */
export interface HttpFetch {
  /** Redirects come back as they are. */
  readonly fetch: (request: LocalRequest, headers: Readonly<Record<string, string>>) => ReturnType<Fetch>
  close(): void
}

/**
 * Node's own client, over connections that are kept: a small request takes a third of what the web's `fetch` takes. For
 * services by `http:`, which are near; `fetch` compresses, and follows redirects.
 */
export async function createHttpFetch(): Promise<HttpFetch> {
  const { Agent, request: ask } = await import('node:http')
  // Where a request's timeout is its agent's it is set once a connection.
  const agent = new Agent({ keepAlive: true, scheduling: 'lifo', timeout: SILENCE_MS })
  const placeOf = createPlaces()
  return {
    fetch: (request, headers) =>
      new Promise((resolve, reject) => {
        const parts = request.parts()
        const length = parts.reduce((sum, part) => sum + part.byteLength, 0)
        const { host, hostname, port, path } = placeOf(request.url)
        const asked = ask({
          agent,
          hostname,
          port,
          path,
          method: request.method,
          headers: linesOf(host, headers, request.method === 'GET' ? undefined : length),
          timeout: SILENCE_MS,
          ...(request.signal !== undefined && { signal: request.signal }),
        })
        asked.once('timeout', () => asked.destroy(new Error('The connection was silent for too long.')))
        asked.once('error', reject)
        asked.once('response', answer => read(answer, resolve, reject))
        write(asked, parts)
      }),
    close: () => agent.destroy(),
  }
}

/** Where a URL leads. */
interface Place {
  readonly host: string
  readonly hostname: string
  readonly port: string
  readonly path: string
}

/** Paths that are the same however a URL is read. */
const plainPath = /^(?:\/[\w-]+)+$/

/** Most requests go to a plain path of one service: what stands before it is read once. */
function createPlaces(): (url: string) => Place {
  let service = ''
  let known: Place | undefined
  return url => {
    const end = url.indexOf('/', url.indexOf('//') + 2)
    const path = url.slice(end)
    if (known !== undefined && url.slice(0, end) === service && plainPath.test(path)) return { ...known, path }
    const { host, hostname, port, pathname, search } = new URL(url)
    // Node's client takes an IPv6 address without its brackets.
    known = { host, hostname: hostname.replace(/^\[|\]$/g, ''), port, path: pathname + search }
    service = url.slice(0, end)
    return known
  }
}

/** Headers as Node's client takes them without a look at each. */
function linesOf(host: string, headers: Readonly<Record<string, string>>, length: number | undefined): string[] {
  const lines = ['host', host]
  for (const name in headers) lines.push(name, headers[name] as string)
  if (length !== undefined) lines.push('content-length', String(length))
  return lines
}

function write(asked: ClientRequest, parts: readonly Uint8Array[]): void {
  for (const part of parts.slice(0, -1)) asked.write(part)
  asked.end(parts.at(-1))
}

function read(
  answer: IncomingMessage,
  resolve: (response: LocalResponse) => void,
  reject: (error: Error) => void,
): void {
  const parts: Uint8Array[] = []
  answer.on('data', (part: Buffer) => parts.push(part))
  answer.once('error', reject)
  answer.once('end', () => {
    const headers: Record<string, string> = {}
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
    }
    resolve(new LocalResponse(answer.statusCode ?? 0, { kind: 'bytes', parts }, headers))
  })
}
