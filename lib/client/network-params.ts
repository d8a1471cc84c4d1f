import { env } from 'node:process'
import { CloudException } from '../protocol/errors.ts'
import { type Config, readConfig } from './config-file.ts'
import type { NetworkParams } from './connections.ts'

/** What a caller said itself. */
export type Given = { readonly [Name in keyof NetworkParams]?: NetworkParams[Name] | undefined }

/**
 * Where the service is, and as whom to talk to it: what was given, else the environment's, else the configuration file's. A
 * key of the file goes only to the address of the file.
 */
export function networkParams(given: Given): NetworkParams {
  const { PICLOUD_URL: address, PICLOUD_API_KEY: id, PICLOUD_API_SECRETKEY: secretKey } = env
  const own = given.url ?? address
  const file: Partial<Config> = own === undefined ? (readConfig() ?? {}) : {}
  const url = own ?? file.url
  if (url === undefined) throw lacking('an address')
  if (given.key !== undefined) return { url, key: given.key, secret: given.secret ?? secretKey }
  if (id !== undefined) return { url, key: id, secret: given.secret ?? secretKey }
  return { url, key: file.key, secret: given.secret ?? file.secret }
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
      'or run picloud setup, or set PICLOUD_URL, PICLOUD_API_KEY and PICLOUD_API_SECRETKEY, ' +
      'or call cloud.setkey(key, secret, url).',
  })
}
