import { CloudException } from '../../protocol/errors.ts'
import { decodeFrame, FRAME_TYPE, type Frame } from '../../protocol/frame.ts'
import { LocalRequest, type RequestLike } from '../../protocol/message.ts'

/** Bodies are bounded before they are read: by what they say of their length, and while they stream in. */

const textDecoder = new TextDecoder('utf-8', { fatal: true })

export async function readJson(request: RequestLike, limit: number): Promise<unknown> {
  if (request instanceof LocalRequest && request.content.kind === 'json') return request.content.value
  demandType(request, 'application/json')
  const bytes = await readBytes(request, limit)
  try {
    return JSON.parse(textDecoder.decode(bytes))
  } catch (cause) {
    throw new CloudException('The body is not JSON.', { code: 'invalid-request', cause })
  }
}

/** At once where it stayed in this process. */
export function readFrame(request: RequestLike, limit: number): Frame | Promise<Frame> {
  if (!(request instanceof LocalRequest) || request.content.kind !== 'frame') return receiveFrame(request, limit)
  let size = 0
  for (const section of request.content.sections) size += section.byteLength
  if (size > limit) throw tooLarge(size, limit)
  return request.content
}

async function receiveFrame(request: RequestLike, limit: number): Promise<Frame> {
  demandType(request, FRAME_TYPE)
  const bytes = await readBytes(request, limit)
  try {
    return decodeFrame(bytes)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : 'The body is not a frame.'
    throw new CloudException(why, { code: 'invalid-request', cause })
  }
}

/** The body in parts, as they come in; each local part by reference. The reader fails with `too-large` beyond the limit. */
export function readParts(request: RequestLike, limit: number): readonly Uint8Array[] | AsyncIterable<Uint8Array> {
  checkLength(request, limit)
  if (!(request instanceof LocalRequest)) return bounded(request, limit)
  const parts = request.parts()
  let size = 0
  for (const part of parts) size += part.byteLength
  if (size > limit) throw tooLarge(size, limit)
  return parts
}

export async function readBytes(request: RequestLike, limit: number): Promise<Uint8Array> {
  if (request.whole !== undefined && request.headers.get('content-encoding') === null) {
    checkLength(request, limit)
    const whole = request.whole()
    if (whole !== undefined) return await whole
  }
  const chunks: Uint8Array[] = []
  for await (const chunk of readParts(request, limit)) chunks.push(chunk)
  return chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks)
}

async function* bounded(request: RequestLike, limit: number): AsyncGenerator<Uint8Array> {
  if (request.body === null) return
  let size = 0
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity'
  const isPlain = encoding === 'identity' || encoding === ''
  // Loaded for the first that needs it: hardly any client compresses what it sends.
  const body = isPlain ? request.body : (await import('./inflate.ts')).inflate(request.body, encoding)
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge(size, limit)
    yield chunk
  }
}

function checkLength(request: RequestLike, limit: number): void {
  const length = request.headers.get('content-length')
  if (length === null) return
  if (!/^\d{1,15}$/.test(length)) {
    throw new CloudException('The content-length header is no number.', { code: 'invalid-request' })
  }
  if (Number(length) > limit) throw tooLarge(Number(length), limit)
}

function demandType(request: RequestLike, type: string): void {
  const given = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (given === type) return
  const said = given === undefined ? 'says nothing of its type' : `says it is ${given}`
  throw new CloudException(`The body ${said}; this route takes ${type}.`, { code: 'unsupported-type' })
}

function tooLarge(size: number, limit: number): CloudException {
  return new CloudException(`The body has ${size} bytes or more; this route takes ${limit}.`, { code: 'too-large' })
}
