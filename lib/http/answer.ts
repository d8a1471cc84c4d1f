import { type Content, LocalResponse } from '../protocol/message.ts'

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

/** A page that runs nothing, and loads nothing from elsewhere. */
export function html(page: string): LocalResponse {
  return new LocalResponse(200, textOf(page), {
    ...headers,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  })
}

export function text(lines: string): LocalResponse {
  return new LocalResponse(200, textOf(lines), {
    ...headers,
    'content-type': 'text/plain; charset=utf-8; version=0.0.4',
  })
}

function textOf(text: string): Content {
  return { kind: 'bytes', parts: [new TextEncoder().encode(text)] }
}
