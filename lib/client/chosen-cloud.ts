import { env } from 'node:process'
import { CloudException } from '../protocol/errors.ts'
import { argumentError, shown } from './argument-error.ts'
import { createClient } from './client.ts'
import type { Cloud, ConnectionInfo, ConnectOptions } from './cloud-api.ts'
import { inJob, inProcess, network, networkInfo } from './connections.ts'
import type { Connection } from './session.ts'

/** Which service the default cloud uses: what `setkey` or `startSimulator` said last, else the environment. */
type Choice =
  | { readonly kind: 'environment' }
  | {
      readonly kind: 'key'
      readonly key: string
      readonly secret: string | undefined
      readonly url: string | undefined
    }
  | { readonly kind: 'simulator' }

let choice: Choice = { kind: 'environment' }

const main = createClient({ connect: chosen, info: chosenInfo, reopens: true })
const processes = createClient({
  connect: () => inJob() ?? inProcess({}, 'multiprocessing'),
  info: () => inJob()?.info ?? { type: 'multiprocessing' },
  reopens: true,
})

/**
 * The default cloud's methods: configured by the environment, or by `setkey`. In a job it is that job's own.
 * @public (all of this file: default-cloud.ts requires it when it is needed)
 */
export const cloud: Cloud = main.cloud
/** Child processes of this one. @public */
export const mp: Cloud = processes.cloud

/** See default-cloud.ts for what these three are to their users. @public */
export function connect(options: ConnectOptions = {}): Cloud {
  const { url, key, secret, workers } = options
  if (workers !== undefined && (!Number.isInteger(workers) || workers < 1)) {
    throw argumentError(`workers is ${shown(workers)}: it takes a positive integer.`)
  }
  if (workers !== undefined && url !== undefined) {
    throw argumentError('connect takes either the address of a service or a number of workers of this process.')
  }
  if (workers !== undefined) {
    return createClient({
      connect: () => inProcess({ workers }, 'multiprocessing'),
      info: () => ({ type: 'multiprocessing', workers }),
    }).cloud
  }
  const params = () => ({
    url: url ?? env['PICLOUD_URL'] ?? lacking('an address'),
    key: key ?? env['PICLOUD_API_KEY'],
    secret: secret ?? env['PICLOUD_API_SECRETKEY'],
  })
  return createClient({ connect: () => network(params()), info: () => networkInfo(params()) }).cloud
}

/** @public */
export function setkey(key: string | number, secret?: string, url?: string): void {
  if (typeof key !== 'string' && typeof key !== 'number')
    throw argumentError(`The key is ${shown(key)}: it takes its id.`)
  choice = { kind: 'key', key: String(key), secret, url }
  void main.reset()
}

/** @public */
export function startSimulator({ forceRestart = false }: { forceRestart?: boolean } = {}): void {
  if (choice.kind === 'simulator' && !forceRestart) return
  choice = { kind: 'simulator' }
  void main.reset()
}

function chosen(): Connection {
  const job = inJob()
  if (job !== undefined) return job
  return choice.kind === 'simulator' ? inProcess({}, 'simulation') : network(networkParams())
}

function chosenInfo(): ConnectionInfo {
  const job = inJob()
  if (job !== undefined) return job.info
  if (choice.kind === 'simulator') return { type: 'simulation' }
  try {
    return networkInfo(networkParams())
  } catch {
    // Being asked is no mistake; using it is.
    return { type: 'none' }
  }
}

function networkParams(): { url: string; key: string | undefined; secret: string | undefined } {
  const set = choice.kind === 'key' ? choice : undefined
  const key = set?.key ?? env['PICLOUD_API_KEY'] ?? lacking('a key')
  const url = set?.url ?? env['PICLOUD_URL'] ?? lacking('an address')
  return { url, key, secret: set?.secret ?? env['PICLOUD_API_SECRETKEY'] }
}

function lacking(what: string): never {
  throw new CloudException(`PiCloud has no service to talk to: it lacks ${what}.`, {
    code: 'not-configured',
    hint:
      'Use cloud.mp to run jobs in processes of this machine, or cloud.startSimulator() to do so with cloud itself, ' +
      'or set PICLOUD_URL, PICLOUD_API_KEY and PICLOUD_API_SECRETKEY, or call cloud.setkey(key, secret, url).',
  })
}
