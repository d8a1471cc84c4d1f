import { env } from 'node:process'
import { readProjectFile, readUserFile } from './config-file.ts'
import { type ConfigName, type ConfigValues, configNames, configOptions, readValues } from './config-options.ts'

/** Where settings come from, the strongest first. */
export interface Sources {
  /** What `cloud.config` was told. */
  readonly program: ConfigValues
  readonly environment: ConfigValues
  readonly project: ConfigValues
  readonly user: ConfigValues
}

let program: ConfigValues = {}

/** Sets what `cloud.config` says from now on. */
export function commitSettings(values: ConfigValues): void {
  program = values
}

/** What `cloud.config` said last. */
export function committed(): ConfigValues {
  return program
}

/** Reads them all anew. Throws `not-configured` for a file that can't be taken. */
export function sources(): Sources {
  return { program, environment: ofEnvironment(), project: readProjectFile(complain), user: readUserFile(complain) }
}

/** What holds for an option, by the strongest that sets it. */
export function effective<Name extends ConfigName>(
  name: Name,
  { program, environment, project, user }: Sources,
): ConfigValues[Name] {
  return program[name] ?? environment[name] ?? project[name] ?? user[name]
}

/** What holds for an option; where a file can't be taken a process of its own needs none: undefined. */
export function localSetting<Name extends ConfigName>(name: Name): ConfigValues[Name] | undefined {
  try {
    return effective(name, sources())
  } catch (error) {
    complain(error instanceof Error ? error.message : String(error))
    return undefined
  }
}

function ofEnvironment(): ConfigValues {
  const given = configNames.map(name => {
    const { variable, ofText } = configOptions[name]
    const text = env[variable] === '' ? undefined : env[variable]
    return [name, text === undefined ? undefined : (ofText?.(text) ?? text)] as const
  })
  for (const name of Object.keys(env)) {
    if (!name.startsWith(prefix) || variables.has(name)) continue
    complain(`${name} in the environment sets no option; there are ${[...variables].join(', ')}.`)
  }
  return readValues(Object.fromEntries(given), 'the environment', complain, name => configOptions[name].variable)
}

const prefix = 'PICLOUD_'
/** What of that name may stand in an environment: the options, and what is none. */
const variables: ReadonlySet<string> = new Set([
  ...configNames.map(name => configOptions[name].variable),
  'PICLOUD_CONFIG',
  'PICLOUD_PASSWORD',
])

const complained = new Set<string>()

/** Warns, once for each problem: settings are read often. */
export function complain(problem: string): void {
  if (complained.has(problem)) return
  complained.add(problem)
  process.emitWarning(problem, 'PiCloudConfigWarning')
}
