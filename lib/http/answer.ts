import { LocalResponse } from '../protocol/message.ts'

/** Nothing here may be kept by a cache between the client and the service. */
const headers = { 'cache-control': 'no-store' }

export function json(value: unknown, status = 200): LocalResponse {
  return new LocalResponse(status, { kind: 'json', value }, headers)
}

export function frame(header: unknown, sections: readonly Uint8Array[]): LocalResponse {
  return new LocalResponse(200, { kind: 'frame', header, sections }, headers)
}

export function bytes(part: Uint8Array): LocalResponse {
  return new LocalResponse(200, { kind: 'bytes', parts: [part] }, headers)
}

export function nothing(): LocalResponse {
  return new LocalResponse(204, { kind: 'empty' }, headers)
}

/** The same is to be asked for there, without our key. */
export function redirect(location: string): LocalResponse {
  return new LocalResponse(302, { kind: 'empty' }, { ...headers, location })
}
