import { MAX_ENVIRONMENT_NAME_CHARS } from './limits.ts'

/** What a name of an environment is made of. */
export const environmentName = /^[A-Za-z0-9][A-Za-z0-9._~-]*$/

export function isEnvironmentName(name: unknown): name is string {
  return typeof name === 'string' && name.length <= MAX_ENVIRONMENT_NAME_CHARS && environmentName.test(name)
}
