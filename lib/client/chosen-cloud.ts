import { argumentError, shown } from './argument-error.ts'
import { createClient } from './client.ts'
import type { Cloud, ConnectionInfo, ConnectOptions, SetkeyOptions } from './cloud-api.ts'
import { type Config, createConfig } from './config/config.ts'
import { configPath } from './config/config-file.ts'
import { effective, sources } from './config/settings.ts'
import { inJob, inProcess, network, networkInfo } from './connect/connections.ts'
import { type Given, networkParams, ownParams } from './connect/network-params.ts'
import type { Connection } from './connect/session.ts'

/** Which service the default cloud uses: what `setkey` or `startSimulator` said last, else what the settings say (`environment`). */
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
 * The default cloud's methods: configured by the settings, or by `setkey`. In a job it is that job's own.
 * @public (all of this file: default-cloud.ts requires it when it is needed)
 */
export const cloud: Cloud = main.cloud
/** Child processes of this one. @public */
export const mp: Cloud = processes.cloud

/** @public */
export { configPath }

/** @public */
export const config: Config = createConfig(async () => {
  choice = { kind: 'environment' }
  await Promise.all([main.reset(), processes.reset()])
})

/** See default-cloud.ts for what these three are to their users. @public */
export function connect(options: ConnectOptions = {}): Cloud {
  const { url, key, secret, workers, ...others } = options
  const [unknown] = Object.keys(others)
  if (unknown !== undefined)
    throw argumentError(`connect has no option ${unknown}; it takes url, key, secret, workers.`)
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
  const given = () => networkParams({ url, key, secret })
  return createClient({ connect: () => network(given()), info: () => networkInfo(given()) }).cloud
}

/** @public */
export function setkey(key: string | number, secret?: string, options: SetkeyOptions = {}): void {
  if (typeof options !== 'object') throw argumentError(`setkey takes { serverUrl, restart }, not ${shown(options)}.`)
  if (typeof key !== 'string' && typeof key !== 'number')
    throw argumentError(`The key is ${shown(key)}: it takes its id.`)
  const { serverUrl: url, restart = false } = options
  const old = choice
  choice = { kind: 'key', key: String(key), secret, url }
  const same = old.kind === 'key' && old.key === choice.key && old.secret === secret && old.url === url
  if (!same || restart) void main.reset()
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
  return isSimulator() ? inProcess({}, 'simulation') : network(networkParams(given()), true)
}

function chosenInfo(): ConnectionInfo {
  const job = inJob()
  if (job !== undefined) return job.info
  try {
    if (isSimulator()) return { type: 'simulation' }
    return networkInfo(ownParams(given()))
  } catch {
    // Being asked is no mistake; using it is.
    return { type: 'none' }
  }
}

function isSimulator(): boolean {
  if (choice.kind !== 'environment') return choice.kind === 'simulator'
  return effective('simulator', sources()) ?? false
}

function given(): Given {
  return choice.kind === 'key' ? choice : {}
}
