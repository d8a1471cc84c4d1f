import { effective, sources } from '../config/settings.ts'
import type { NetworkParams } from './connections.ts'
import { lacking } from './lacking.ts'

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
