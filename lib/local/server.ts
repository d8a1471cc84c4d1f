import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { CHANNEL_PATH, UPGRADE } from '../protocol/channel.ts'
import { CloudException } from '../protocol/errors.ts'
import type { LocalResponse, RequestLike } from '../protocol/message.ts'
import { Channel } from './channel.ts'
import { NetworkRequest } from './network-request.ts'
import { refuseBytes } from './refuse-bytes.ts'

/** Milliseconds for which an idle connection is kept: longer than clients keep theirs, so that none meets a closed one. */
const KEEP_ALIVE_MS = 75_000
/** Milliseconds that the headers of a request may take. */
const HEADERS_MS = 60_000
/** Milliseconds that a whole request may take: a large blob over a slow line. */
const REQUEST_MS = 3_600_000
/** Bytes of a body that nobody read and that is still let in, to keep its connection: more is cut off. */
const MAX_UNREAD_BYTES = 64 * 1024

export interface ServerOptions {
  readonly serve: (request: RequestLike) => Promise<LocalResponse>
  /** The answer to what is no request for it. */
  readonly refusal: (error: CloudException) => LocalResponse
  /** The address of this machine to listen at. */
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
}

export interface ListeningServer {
  /** `http://HOST:PORT`. */
  readonly origin: string
  readonly port: number
  /** Lets answers that are under way out, for so many milliseconds at most; takes no new connection. */
  close(grace: number): Promise<void>
}

/**
 * Listens, with Node's own server: the app answers as soon as a request's headers are in, and reads its body itself.
 * @throws {CloudException} `in-use` when the port is taken, `invalid-argument` for an address that is none of this machine
 */
export async function listen({ serve, refusal, host, port }: ServerOptions): Promise<ListeningServer> {
  let origin = ''
  let closing = false
  const server = createHttpServer(
    {
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      shouldUpgradeCallback: isForChannel,
    },
    (incoming, response) => void answer(incoming, response),
  )
  // Who waits for leave to send a body gets it once somebody reads: what is refused is not sent at all.
  server.on('checkContinue', (incoming, response) => void answer(incoming, response))
  server.on('clientError', (error, socket) => refuseBytes(error, socket, refusal))

  const channels = new Set<Channel>()
  server.on('upgrade', (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    // Node before 24.9 asks nobody before it gives up a connection.
    if (!isForChannel(incoming)) {
      const error = noUpgrade(incoming)
      refuseBytes(error, socket, () => refusal(error))
      return
    }
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: ${UPGRADE}\r\n\r\n`)
    const { authorization } = incoming.headers
    const channel = new Channel(socket, head, { serve, refusal, origin, authorization, from: socket.remoteAddress })
    channels.add(channel)
    socket.once('close', () => channels.delete(channel))
    socket.setTimeout(KEEP_ALIVE_MS, () => {
      if (channel.isIdle) channel.finish()
    })
  })

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    // A client that is gone is no failure of ours.
    response.on('error', () => undefined)
    if (!incoming.url?.startsWith('/')) {
      response.setHeader('connection', 'close')
      write(incoming, response, refusal(noPath(incoming.url)))
      return
    }
    const request = new NetworkRequest(incoming, response, origin)
    const given = await serve(request)
    if (closing || request.isHeldBack) response.setHeader('connection', 'close')
    write(incoming, response, given)
  }

  await opened(server, host, port)
  const { port: actual } = server.address() as AddressInfo
  origin = `http://${host.includes(':') ? `[${host}]` : host}:${actual}`
  return {
    origin,
    port: actual,
    close: grace =>
      new Promise(resolve => {
        closing = true
        const timer = setTimeout(() => {
          server.closeAllConnections()
          for (const channel of channels) channel.destroy()
        }, grace)
        server.close(() => {
          clearTimeout(timer)
          resolve()
        })
        server.closeIdleConnections()
        for (const channel of channels) channel.finish()
      }),
  }
}

function isForChannel({ url, headers }: IncomingMessage): boolean {
  return url === CHANNEL_PATH && headers.upgrade === UPGRADE
}

function noUpgrade({ headers }: IncomingMessage): CloudException {
  return new CloudException(`No connection is upgraded to ${headers.upgrade?.slice(0, 200)}.`, {
    code: 'invalid-request',
    hint: 'Send the request without the header “upgrade”.',
  })
}

function noPath(target = ''): CloudException {
  return new CloudException(`“${target.slice(0, 200)}” is no path of this service: it begins with a slash.`, {
    code: 'invalid-request',
  })
}

function opened(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(refusalOf(cause, host, port)))
    server.listen({ host, port }, resolve)
  })
}

function refusalOf(cause: NodeJS.ErrnoException, host: string, port: number): CloudException {
  if (cause.code === 'EADDRINUSE') {
    const hint = 'Is a service running already? Else give another port with --port, or 0 for any.'
    return new CloudException(`Port ${port} of ${host} is in use.`, { code: 'in-use', hint, cause })
  }
  return new CloudException(`Nothing can listen at ${host}, port ${port}: ${cause.message}.`, {
    code: 'invalid-argument',
    hint: 'Give an address of this machine with --host, and a port with --port that you may use.',
    cause,
  })
}

function write(incoming: IncomingMessage, response: ServerResponse, answer: LocalResponse): void {
  const { content } = answer
  const parts = content.kind === 'stream' ? [] : answer.parts()
  let length = content.kind === 'stream' ? content.size : 0
  for (const part of parts) length += part.byteLength
  const headers: Record<string, string> = { ...answer.headers.toRecord() }
  if (answer.status !== 204 && answer.status !== 304) headers['content-length'] = String(length)
  if (!incoming.complete && Number(incoming.headers['content-length'] ?? MAX_UNREAD_BYTES + 1) > MAX_UNREAD_BYTES) {
    headers['connection'] = 'close'
  }
  response.writeHead(answer.status, headers)
  const [first] = parts
  if (content.kind === 'stream' && incoming.method !== 'HEAD') {
    // What breaks off is noticed by its length.
    pipeline(content.read(), response).catch(() => response.destroy())
  } else if (incoming.method === 'HEAD' || first === undefined) response.end()
  else if (parts.length === 1) response.end(first)
  else {
    for (const part of parts) response.write(part)
    response.end()
  }
}
