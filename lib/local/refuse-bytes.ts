import type { Duplex } from 'node:stream'
import { CloudException } from '../protocol/errors.ts'
import type { LocalResponse } from '../protocol/message.ts'

/** What is answered, by what Node says is wrong; else 400. */
const statuses: Readonly<Record<string, readonly [number, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'Payload Too Large'],
}

/** Answers bytes that Node could not read as a request, and ends their connection. */
export function refuseBytes(
  { code = '' }: NodeJS.ErrnoException,
  socket: Duplex,
  refusal: (error: CloudException) => LocalResponse,
): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, reason] = statuses[code] ?? [400, 'Bad Request']
  const why = `What came can’t be read as a request: ${reason}.`
  const { content, headers } = refusal(new CloudException(why, { code: 'invalid-request' }))
  const body = JSON.stringify({ ...(content.kind === 'json' && (content.value as object)), status })
  const said = { ...headers.toRecord(), connection: 'close', 'content-length': Buffer.byteLength(body) }
  const lines = Object.entries(said).map(([name, value]) => `${name}: ${value}`)
  socket.end([`HTTP/1.1 ${status} ${reason}`, ...lines, '', body].join('\r\n'))
}
