import { CloudException } from '../protocol/errors.ts'
import type { NetworkParams } from './connections.ts'
import { effective, sources } from './settings.ts'

/** What a caller said itself. */
export type Given = { readonly [Name in keyof NetworkParams]?: NetworkParams[Name] | undefined }

/**
 * Where the service is, and as whom to talk to it: what was given, else what the settings say. The user's file holds a key
 * for the address that it names: it goes to no other.
 */
export function networkParams(given: Given): NetworkParams {
  const all = sources()
  const { program, environment, project, user } = all
  const url = given.url ?? effective('url', all)
  if (url === undefined) throw lacking('an address')
  const isOfFile = [given, program, environment, project].every(source => source.url === undefined)
  const own = [given, program, environment, ...(isOfFile ? [user] : [])].find(({ key }) => key !== undefined)
  const secret = given.secret ?? own?.secret ?? (own === user ? undefined : (program.secret ?? environment.secret))
  return { url, key: own?.key, secret }
}

/** The same, of the default cloud: it needs a key, unless IAM says who calls. */
export function ownParams(given: Given): NetworkParams {
  const params = networkParams(given)
  if (params.key === undefined && !params.url.startsWith('lambda:')) throw lacking('a key')
  return params
}

function lacking(what: string): CloudException {
  return new CloudException(`PiCloud has no service to talk to: it lacks ${what}.`, {
    code: 'not-configured',
    hint:
      'Use cloud.mp to run jobs in processes of this machine, or cloud.startSimulator() to do so with cloud itself; ' +
      'or run picloud local or picloud setup, or set PICLOUD_URL, PICLOUD_API_KEY and PICLOUD_API_SECRETKEY, ' +
      'or call cloud.setkey(key, secret, { serverUrl }).',
  })
}
