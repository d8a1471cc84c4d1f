import type { Principal } from '../protocol/job.ts'

/**
 * What the API function is called with. API Gateway and Function URLs put `requestContext` into each event, whatever the
 * caller sends; an event without it comes from somebody whom IAM allowed to invoke the function itself (`lambda:NAME`).
 */
export type ApiEvent = GatewayEvent | DirectEvent

/** The parts that are read of an event of an HTTP API or a Function URL, payload format 2.0. */
export interface GatewayEvent {
  readonly rawPath: string
  readonly rawQueryString: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body?: string | undefined
  readonly isBase64Encoded: boolean
  readonly requestContext: {
    readonly domainName: string
    readonly stage?: string
    readonly http: { readonly method: string; readonly sourceIp?: string }
  }
}

/** A request as the client sends it through Lambda: all that HTTP takes. The body is in base64. */
export interface DirectEvent {
  readonly method: string
  /** With its query string. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

/** The answer to both, in payload format 2.0. Bodies are in base64: frames are not text. */
export interface ApiAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly isBase64Encoded: true
}

/** Who calls, as far as the event says. */
export interface Caller {
  /** Of a direct call: whoever may invoke the function is the owner. Absent over HTTP, where a key says who it is. */
  readonly principal?: Principal
  /** The address that the request came from, as API Gateway saw it. */
  readonly from?: string
}

export interface ApiRequest {
  /** Of HEAD it is the request for what GET answers. */
  readonly request: Request
  readonly caller: Caller
  /** Whether it was HEAD: the answer goes without its body. */
  readonly isHead: boolean
}

/** An invocation has no address: a name that is never one stands in for its host. */
const DIRECT_HOST = 'lambda.invalid'

export function requestFrom(event: ApiEvent): ApiRequest {
  if (isFromGateway(event)) {
    const { method, sourceIp = '' } = event.requestContext.http
    return { request: gatewayRequest(event), caller: { from: sourceIp }, isHead: method === 'HEAD' }
  }
  const { method, path, headers, body } = event
  const url = new URL(path, `https://${DIRECT_HOST}`).href
  const request = build(method, url, headers, body && Buffer.from(body, 'base64'))
  return { request, caller: { principal: { kind: 'owner' } }, isHead: method === 'HEAD' }
}

function isFromGateway(event: ApiEvent): event is GatewayEvent {
  return 'requestContext' in event
}

function gatewayRequest({ rawPath, rawQueryString, headers, body, isBase64Encoded, requestContext }: GatewayEvent) {
  const { domainName, stage = '$default', http } = requestContext
  // A named stage stands in front of the path that the app knows.
  const path = stage !== '$default' && rawPath.startsWith(`/${stage}/`) ? rawPath.slice(stage.length + 1) : rawPath
  const query = rawQueryString === '' ? '' : `?${rawQueryString}`
  const bytes = body && Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
  return build(http.method, `https://${domainName}${path}${query}`, headers, bytes)
}

function build(
  method: string,
  url: string,
  headers: Readonly<Record<string, string | undefined>>,
  body: Buffer<ArrayBuffer> | '' | undefined,
): Request {
  const given = new Headers()
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) given.set(name, value)
  const asked = method === 'HEAD' ? 'GET' : method
  const bare = asked === 'GET' || body === undefined || body === ''
  return new Request(url, { method: asked, headers: given, ...(bare ? {} : { body }) })
}

export async function answerFrom(response: Response, { isHead }: Pick<ApiRequest, 'isHead'>): Promise<ApiAnswer> {
  return {
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: isHead ? '' : Buffer.from(await response.arrayBuffer()).toString('base64'),
    isBase64Encoded: true,
  }
}
