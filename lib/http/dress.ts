import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { LocalResponse, PROBLEM_TYPE, type RequestLike } from '../protocol/message.ts'
import { chosenEncoding, matchesTag } from './accepts.ts'
import { REQUEST_ID } from './request-id.ts'

/** Bytes of an answer below which compressing it makes nothing shorter that counts. */
const MIN_PACKED_BYTES = 1_024

/** Brotli’s own default is for what is packed once and read often. */
const BROTLI_QUALITY = 4

const packers = { gzip: promisify(gzip), br: promisify(brotliCompress) }
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }

/**
 * What an answer gets for its way over a network: the request's id, a tag for what may be asked for again, and less to
 * carry where it is text. Frames and blobs stay as they are: numbers and what is packed already get no shorter, and cost time.
 */
export async function dress(request: RequestLike, answer: LocalResponse, requestId: string): Promise<LocalResponse> {
  const headers: Record<string, string> = { ...answer.headers.toRecord(), [REQUEST_ID]: requestId }
  if (!isText(answer)) return new LocalResponse(answer.status, answer.content, headers)
  const parts = answer.parts()
  if (request.method === 'GET' && answer.status === 200) {
    headers['etag'] = tagOf(parts)
    headers['cache-control'] = 'private, no-cache'
    headers['vary'] = 'authorization, accept-encoding'
    if (matchesTag(request.headers.get('if-none-match'), headers['etag'])) {
      return new LocalResponse(304, { kind: 'empty' }, withoutType(headers))
    }
  }
  const encoding = chosenEncoding(request.headers.get('accept-encoding'))
  if (sizeOf(parts) < MIN_PACKED_BYTES || encoding === undefined) {
    return new LocalResponse(answer.status, { kind: 'bytes', parts }, headers)
  }
  headers['content-encoding'] = encoding
  headers['vary'] ??= 'accept-encoding'
  const whole = Buffer.concat(parts)
  const packed = await (encoding === 'br' ? packers.br(whole, brotli) : packers.gzip(whole))
  return new LocalResponse(answer.status, { kind: 'bytes', parts: [packed] }, headers)
}

/** A problem tells its request's id, so that who asks about it can say which it was. */
export function withId(answer: LocalResponse, requestId: string): LocalResponse {
  const { status, content } = answer
  if (status < 400 || content.kind !== 'json') return answer
  const headers = answer.headers.toRecord()
  if (headers['content-type'] !== PROBLEM_TYPE) return answer
  return new LocalResponse(status, { kind: 'json', value: { ...(content.value as object), requestId } }, headers)
}

/** What streams is a file, whatever its type: it goes through as it is. */
function isText({ content, headers }: LocalResponse): boolean {
  return (
    content.kind !== 'stream' && /^(?:text\/|application\/(?:problem\+)?json)/.test(headers.get('content-type') ?? '')
  )
}

function tagOf(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return `W/"${hash.digest('base64url').slice(0, 27)}"`
}

function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((sum, part) => sum + part.byteLength, 0)
}

function withoutType({ 'content-type': _, ...headers }: Readonly<Record<string, string>>): Record<string, string> {
  return headers
}
