/** Every option of the configuration: what it may be, where the environment has it, and what it is when nobody says. */

/** How much the service and the client say. `silent` says nothing, not even warnings. */
export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof logLevels)[number]

/** What is set, in one place where settings come from. */
export interface ConfigValues {
  readonly url?: string
  readonly key?: string
  readonly secret?: string
  readonly simulator?: boolean
  readonly workers?: number
  readonly resultCache?: number
  readonly logLevel?: LogLevel
}
export type ConfigName = keyof ConfigValues

/** Child processes that `workers` may ask for: more than any machine has cores for. */
export const MAX_CONFIG_WORKERS = 1_024
/** Bytes that `resultCache` may ask for: 4 GiB. */
export const MAX_RESULT_CACHE_BYTES = 4 * 1024 ** 3
/** Bytes of fetched results that a client keeps when nothing is said (PiCloud kept 4 MB). */
export const DEFAULT_RESULT_CACHE_BYTES = 16 * 1024 ** 2

/** What holds when nobody says. Without one an option is not set. */
export const defaults: ConfigValues = { simulator: false, resultCache: DEFAULT_RESULT_CACHE_BYTES, logLevel: 'info' }

export interface ConfigOption {
  readonly variable: string
  /** What it takes, to finish the sentence “it takes …”. */
  readonly takes: string
  readonly about: string
  /** The value if it is one; else undefined. */
  read(value: unknown): string | number | boolean | undefined
  /** What the text of the environment means, for `read` to judge. Default: itself. */
  ofText?(text: string): unknown
  /** Its JSON schema. */
  readonly schema: Readonly<Record<string, unknown>>
}

const text = {
  takes: 'text',
  read: (value: unknown) => (isText(value) ? value : undefined),
  schema: { type: 'string' },
}

const number = (min: number, max: number): Pick<ConfigOption, 'takes' | 'read' | 'ofText' | 'schema'> => ({
  takes: `an integer from ${min} to ${max}`,
  read: value =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : undefined,
  ofText: text => (/^[0-9]{1,15}$/.test(text) ? Number(text) : text),
  schema: { type: 'integer', minimum: min, maximum: max },
})

export const configOptions: Readonly<Record<ConfigName, ConfigOption>> = {
  url: {
    variable: 'PICLOUD_URL',
    about: 'Address of the service: https://…, http://… or lambda:NAME.',
    ...text,
  },
  key: {
    variable: 'PICLOUD_API_KEY',
    about: 'Id of the key to use there.',
    takes: 'the id of a key',
    read: value => (Number.isInteger(value) ? String(value) : isText(value) ? value : undefined),
    schema: { type: ['string', 'integer'] },
  },
  secret: { variable: 'PICLOUD_API_SECRETKEY', about: 'Secret of that key.', ...text },
  simulator: {
    variable: 'PICLOUD_SIMULATOR',
    about: 'Whether cloud runs its jobs in child processes of this one, as cloud.mp does. Default false.',
    takes: 'true or false',
    read: value => (typeof value === 'boolean' ? value : undefined),
    ofText: text => ({ true: true, 1: true, false: false, 0: false })[text] ?? text,
    schema: { type: 'boolean', default: false },
  },
  workers: {
    variable: 'PICLOUD_WORKERS',
    about: 'Child processes of cloud.mp and of the simulator. Default: one a core.',
    ...number(1, MAX_CONFIG_WORKERS),
  },
  resultCache: {
    variable: 'PICLOUD_RESULT_CACHE',
    about: `Bytes of fetched results that a client keeps. Default ${DEFAULT_RESULT_CACHE_BYTES}.`,
    ...number(0, MAX_RESULT_CACHE_BYTES),
  },
  logLevel: {
    variable: 'PICLOUD_LOG_LEVEL',
    about: `How much is said: ${logLevels.join(', ')}. Default info.`,
    takes: `one of ${logLevels.join(', ')}`,
    read: value => logLevels.find(level => level === value),
    schema: { enum: logLevels, default: 'info' },
  },
}

export const configNames = Object.keys(configOptions) as readonly ConfigName[]

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** The schema of files of settings, as config.schema.json of the package has it. */
export function configSchema(): Readonly<Record<string, unknown>> {
  const properties = Object.entries(configOptions).map(([name, { schema, about, variable }]) => {
    return [name, { ...schema, description: `${about} In the environment: ${variable}.` }]
  })
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Settings of PiCloud',
    description: 'Of picloud.json in a project (without key and secret), and of the user’s own file.',
    type: 'object',
    properties: { $schema: { type: 'string' }, ...Object.fromEntries(properties) },
    additionalProperties: false,
  }
}

/** What is said of settings that can't be taken. */
export type Complain = (problem: string) => void

/**
 * Settings out of some object that somebody wrote; `where` names it in complaints. Undefined ones are not set.
 * What is unknown or of the wrong type is complained of by its name, and left out.
 */
export function readValues(
  given: Readonly<Record<string, unknown>>,
  where: string,
  complain: Complain,
  nameOf: (name: ConfigName) => string = name => name,
): ConfigValues {
  const values: Partial<Record<ConfigName, string | number | boolean>> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || name === '$schema') continue
    if (!Object.hasOwn(configOptions, name)) {
      complain(`${where} has no option ${name}; it takes ${configNames.join(', ')}.`)
      continue
    }
    const { read, takes } = configOptions[name as ConfigName]
    const known = read(value)
    // The value itself may be a secret.
    if (known === undefined)
      complain(`The option ${nameOf(name as ConfigName)} of ${where} was left out: it takes ${takes}.`)
    else values[name as ConfigName] = known
  }
  return values as ConfigValues
}
