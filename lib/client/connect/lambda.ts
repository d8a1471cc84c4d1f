import type { LambdaClient } from '@aws-sdk/client-lambda'
import { CloudException } from '../../protocol/errors.ts'
import { type LocalRequest, LocalResponse, type ResponseLike } from '../../protocol/message.ts'
import type { ConnectionInfo } from '../cloud-api.ts'
import type { Connection } from './session.ts'

/** An invocation has no address: a name that is never one stands in for it. */
const ADDRESS = 'https://lambda.invalid'

/** The API function's answer, in API Gateway's payload format 2.0. */
interface Answer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export function lambdaInfo(url: string): ConnectionInfo {
  return { type: 'lambda', url }
}

/**
 * A service whose API function is invoked as whoever the caller is to AWS: no key, and all that HTTP takes. Region and
 * credentials are found as every AWS tool finds them.
 * @param url `lambda:` and the function's name or ARN
 */
export function lambda(url: string): Connection {
  const name = url.slice('lambda:'.length)
  if (!/^[A-Za-z0-9_:/$-]+$/.test(name)) {
    throw new CloudException(`The address ${url} names no function.`, {
      code: 'invalid-argument',
      hint: 'It takes lambda: and the name or ARN of the API function, which the stack tells as PiCloudApiFunction.',
    })
  }
  let client: Promise<LambdaClient> | undefined
  return {
    url: ADDRESS,
    info: lambdaInfo(url),
    async fetch(request) {
      // A presigned URL is another host's, and carries its own right.
      if (!request.url.startsWith(`${ADDRESS}/`)) return fetch(request.toRequest())
      client ??= connect()
      const answer = await invoke(await client, name, request)
      const elsewhere = answer.status === 302 ? answer.headers.get('location') : null
      return elsewhere === null ? answer : fetch(elsewhere, { signal: request.signal ?? null })
    },
    async close() {
      ;(await client)?.destroy()
    },
  }
}

async function connect(): Promise<LambdaClient> {
  try {
    const { LambdaClient } = await import('@aws-sdk/client-lambda')
    return new LambdaClient({})
  } catch (cause) {
    throw new CloudException('An address that begins with lambda: needs the package @aws-sdk/client-lambda.', {
      code: 'not-configured',
      hint: 'npm install @aws-sdk/client-lambda',
      cause,
    })
  }
}

async function invoke(client: LambdaClient, name: string, request: LocalRequest): Promise<ResponseLike> {
  const { InvokeCommand } = await import('@aws-sdk/client-lambda')
  const body = request.content.kind === 'empty' ? undefined : Buffer.from(await request.bytes()).toString('base64')
  const { method, headers, signal } = request
  const path = request.url.slice(ADDRESS.length)
  const Payload = JSON.stringify({ method, path, headers: headers.toRecord(), body })
  const command = new InvokeCommand({ FunctionName: name, Payload })
  const { FunctionError, Payload: answered } = await client.send(command, signal && { abortSignal: signal })
  const text = answered?.transformToString() ?? ''
  if (FunctionError !== undefined) {
    throw new CloudException(`The function ${name} failed: ${text.slice(0, 500)}`, {
      code: 'unavailable',
      hint: 'Its log says why.',
    })
  }
  const answer: Answer = JSON.parse(text)
  const bytes = Buffer.from(answer.body, 'base64')
  return new LocalResponse(answer.statusCode, { kind: 'bytes', parts: [bytes] }, answer.headers)
}
