import { spawnAhead } from '../memory/assemble-ahead.ts'
import type { Cloud, ConnectOptions, DefaultCloud, SetkeyOptions } from './cloud-api.ts'
import type { Config } from './config/config.ts'
import { workerHost } from './connect/current-job.ts'
import { requireNode } from './connect/needed-node.ts'
import { loadAssembleWorkers, loadChosenCloud } from './late.ts'

requireNode()

/**
 * What the entry exports, as light as can be: `import cloud from 'picloud'` costs a few milliseconds, and all else is
 * loaded when a method is first touched. At once and not later, since a call captures its function when it is made.
 */
const load = loadChosenCloud

// Who touches one of these is about to use it.
const submitting: ReadonlySet<string | symbol> = new Set<keyof Cloud>(['call', 'map', 'with'])

/** `mp` as `name` is touched, once: its first child boots on another core while this one loads the rest and captures. */
function loadProcesses(name: string | symbol): Cloud {
  if (submitting.has(name) && workerHost() === undefined) {
    const ahead = spawnAhead()
    loadAssembleWorkers().startAhead(ahead)
  }
  return load().mp
}

const methods = {
  call: true,
  map: true,
  with: true,
  ref: true,
  refs: true,
  join: true,
  result: true,
  iresult: true,
  completed: true,
  jobs: true,
  status: true,
  info: true,
  kill: true,
  delete: true,
  account: true,
  explain: true,
  cron: true,
  rest: true,
  files: true,
  env: true,
  pool: true,
  isSimulated: true,
  runningOnCloud: true,
  connectionInfo: true,
  close: true,
  [Symbol.asyncDispose]: true,
} as const satisfies Record<keyof Cloud, true>

const listeners: (() => void)[] = []

/** Called once the methods are there as plain properties. */
export function onLoaded(listener: () => void): void {
  listeners.push(listener)
}

/** An object whose methods are there once one of them is touched. */
function lazily(target: object, open: (name: string | symbol) => Cloud): object {
  for (const name of Reflect.ownKeys(methods)) {
    Object.defineProperty(target, name, {
      enumerable: typeof name === 'string',
      configurable: true,
      get() {
        const real = open(name)
        Object.defineProperties(target, Object.getOwnPropertyDescriptors(real))
        for (const listener of listeners) listener()
        return real[name as keyof Cloud]
      },
    })
  }
  return target
}

/** A client of its own. With neither `url` nor `workers` it takes the environment's address. */
export function connect(options?: ConnectOptions): Cloud {
  return load().connect(options)
}

/**
 * Uses this key from now on, with the default cloud only; leaves the simulator.
 * @param key the key's id
 * @param secret default: PICLOUD_API_SECRETKEY
 * @param options the service's address, and whether to connect anew even if nothing changed
 */
export function setkey(key: string | number, secret?: string, options?: SetkeyOptions): void {
  load().setkey(key, secret, options)
}

/** The default cloud runs everything in child processes of this one from now on, until `setkey`. */
export function startSimulator(options?: { forceRestart?: boolean }): void {
  load().startSimulator(options)
}

export const mp = lazily({}, loadProcesses) as Cloud
/** Path of the user's file of settings, whether there is one or not. */
export function getConfigPath(): string {
  return load().configPath()
}

const own = {
  mp,
  setkey,
  startSimulator,
  connect,
  getConfigPath,
  get config(): Config {
    return load().config
  },
}

export const cloud = lazily(own, () => load().cloud) as DefaultCloud
