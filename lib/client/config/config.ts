import { saveConfig } from './config-file.ts'
import { type ConfigName, configNames, defaults, type LogLevel, readValues } from './config-options.ts'
import { commitSettings, committed, complain, effective, sources } from './settings.ts'

/**
 * The settings of this process. Each holds what the strongest of these says: the program (by setting it here), the
 * environment, the project's `picloud.json`, the user's file, the default. What is set here counts from `commit` on.
 */
export interface Config {
  /** Address of the service: `https://…`, `http://…` or `lambda:NAME`. PICLOUD_URL. No default. */
  url: string | undefined
  /** Id of the key to use there. PICLOUD_API_KEY. No default. */
  key: string | undefined
  /** Secret of that key; not listed among the properties. PICLOUD_API_SECRETKEY. No default. */
  secret: string | undefined
  /** Whether `cloud` runs its jobs in child processes of this one. PICLOUD_SIMULATOR. Default false. */
  simulator: boolean
  /** Child processes of `cloud.mp` and the simulator, from 1 to 1,024. PICLOUD_WORKERS. Default: one a core. */
  workers: number | undefined
  /** Bytes of fetched results that a client keeps, up to 4 GiB. PICLOUD_RESULT_CACHE. Default 16 MiB. */
  resultCache: number
  /** How much is said. PICLOUD_LOG_LEVEL. Default `info`. */
  logLevel: LogLevel
  /**
   * Has what was set here count from now on. `cloud` and `cloud.mp` start anew: pending waits fail with `closed`, jobs of
   * this machine are dropped, and what `setkey` and `startSimulator` said is forgotten.
   * @param options `save`: also write what was set here into the user's file, see `cloud.getConfigPath()`. Default false.
   * @returns resolved once the old connections are closed
   * @throws {CloudException} `not-configured` when the file can't be taken as it is
   */
  commit(options?: { save?: boolean }): Promise<void>
}

/** @param restart starts the clients anew, by the settings that now hold */
export function createConfig(restart: () => Promise<void>): Config {
  let pending: Partial<Record<ConfigName, unknown>> = {}

  /** Settings that are none of ours would be set in vain. */
  function refuseUnknown(): void {
    for (const name of Object.keys(config)) {
      if (!(configNames as readonly string[]).includes(name)) {
        complain(`cloud.config has no option ${name}; it takes ${configNames.join(', ')}.`)
      }
    }
  }

  const config = {} as Config
  for (const name of configNames) {
    Object.defineProperty(config, name, {
      enumerable: name !== 'secret',
      get: () => (Object.hasOwn(pending, name) ? pending[name] : (effective(name, sources()) ?? defaults[name])),
      set: (value: unknown) => {
        pending[name] = value
      },
    })
  }
  const commit: Config['commit'] = async (options = {}) => {
    refuseUnknown()
    const set = readValues(pending, 'cloud.config', complain)
    const taken = Object.keys(pending).filter(name => pending[name as ConfigName] === undefined)
    const values: Record<string, unknown> = { ...committed(), ...set }
    for (const name of taken) delete values[name]
    if (options.save === true) saveConfig({ ...set, ...Object.fromEntries(taken.map(name => [name, undefined])) })
    pending = {}
    commitSettings(values)
    await restart()
  }
  Object.defineProperty(config, 'commit', { value: commit })
  return config
}
