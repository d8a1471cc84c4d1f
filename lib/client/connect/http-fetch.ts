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
  const agent = new Agent({ keepAlive: true, scheduling: 'lifo' })
  return {
    fetch: (request, headers) =>
      new Promise((resolve, reject) => {
        const parts = request.parts()
        const length = parts.reduce((sum, part) => sum + part.byteLength, 0)
        const asked = ask(request.url, {
          agent,
          method: request.method,
          headers: { ...headers, ...(request.method !== 'GET' && { 'content-length': length }) },
          timeout: SILENCE_MS,
          ...(request.abort !== undefined && { signal: request.abort }),
        })
        asked.once('timeout', () => asked.destroy(new Error('The connection was silent for too long.')))
        asked.once('error', reject)
        asked.once('response', answer => read(answer, resolve, reject))
        write(asked, parts)
      }),
    close: () => agent.destroy(),
  }
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
