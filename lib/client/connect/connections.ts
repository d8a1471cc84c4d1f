import { CloudException } from '../../protocol/errors.ts'
import type { Fetch, LocalRequest, ResponseLike } from '../../protocol/message.ts'
import type { ConnectionInfo, ConnectOptions } from '../cloud-api.ts'
import { localSetting } from '../config/settings.ts'
import { workerHost } from './current-job.ts'
import { lacking } from './lacking.ts'
import { lambda, lambdaInfo } from './lambda.ts'
import { createNear } from './near.ts'
import type { Connection } from './session.ts'

/** Any address does inside one process. */
const LOCAL_URL = 'http://picloud.local'

export interface NetworkParams {
  readonly url: string
  readonly key: string | undefined
  readonly secret: string | undefined
}

/**
 * A service over HTTP, or through Lambda. Throws `unsupported` for addresses of other kinds.
 * @param needsKey refuse requests without a key as `not-configured`, but for those that bring their own; default false
 */
export function network({ url, key, secret }: NetworkParams, needsKey = false): Connection {
  const { protocol } = parsed(url)
  if (protocol === 'lambda:') return lambda(url)
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new CloudException(`The address ${url} is of a kind that this version does not know.`, {
      code: 'unsupported',
      hint: 'It takes https://, http:// and lambda:.',
    })
  }
  const authorization =
    key === undefined ? undefined : `Basic ${Buffer.from(`${key}:${secret ?? ''}`).toString('base64')}`
  const { origin } = new URL(url)
  const ours = authorization === undefined ? {} : { authorization }
  const mayAsk = authorization !== undefined || !needsKey
  const near = protocol === 'http:' ? createNear(origin, mayAsk ? ours : undefined) : undefined

  /** What to send along. A presigned URL of another host carries its own right; our key is none of its business. */
  function headersOf(local: LocalRequest): Record<string, string> {
    const headers = local.headers.toRecord()
    if (!isWithin(local.url, origin) || headers['authorization'] !== undefined) return headers
    if (authorization !== undefined) return { ...headers, authorization }
    if (needsKey) throw lacking('a key')
    return headers
  }

  return {
    url,
    info: networkInfo({ url, key, secret }),
    async fetch(local) {
      if (near !== undefined && isWithin(local.url, origin)) {
        const response = await near.fetch(local, () => headersOf(local))
        if (response.status < 300 || response.status >= 400) return response
      }
      const request = local.toRequest()
      for (const [name, value] of Object.entries(headersOf(local))) request.headers.set(name, value)
      return fetch(request)
    },
    close: () => near?.close(),
  }
}

function isWithin(url: string, origin: string): boolean {
  return url.startsWith(origin) && (url.length === origin.length || '/?#'.includes(url[origin.length] as string))
}

export function networkInfo({ url, key }: NetworkParams): ConnectionInfo {
  if (parsed(url).protocol === 'lambda:') return lambdaInfo(url)
  return { type: parsed(url).protocol === 'http:' ? 'http' : 'https', url, ...(key !== undefined && { key }) }
}

/** Through the worker process that this job runs in. */
export function inJob(): Connection | undefined {
  const host = workerHost()
  if (host === undefined) return undefined
  return {
    url: LOCAL_URL,
    info: { type: 'job' },
    fetch: request => host.fetch(request),
    user: () => host.current(),
  }
}

/** All that is asked of a service in this process. */
interface Service {
  readonly fetch: Fetch
  stage(parts: readonly Uint8Array[]): string
  close(): Promise<void>
}

/** Child processes of this one. Nothing is loaded or started before the first request. */
export function inProcess(
  { workers = localSetting('workers') }: Pick<ConnectOptions, 'workers'>,
  type: 'multiprocessing' | 'simulation',
): Connection {
  let started: Promise<Service> | undefined
  let direct: Service | undefined
  const start = async (request: LocalRequest): Promise<ResponseLike> => {
    started ??= import('../../memory/assemble.ts').then(({ assemble }) =>
      assemble(workers === undefined ? {} : { workers }),
    )
    const service = await started
    direct = service
    return service.fetch(request)
  }
  return {
    url: LOCAL_URL,
    info: { type, ...(workers !== undefined && { workers }) },
    fetch: request => (direct === undefined ? start(request) : direct.fetch(request)),
    stage: parts => direct?.stage(parts),
    async close() {
      await (await started)?.close()
    },
  }
}

function parsed(url: string): URL {
  try {
    return new URL(url)
  } catch (cause) {
    throw new CloudException(`The address ${url} is no URL.`, {
      code: 'invalid-argument',
      hint: 'Like https://….',
      cause,
    })
  }
}
