import { readFileSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { env, platform } from 'node:process'
import { CloudException } from '../protocol/errors.ts'

/** What `picloud setup` writes: how to reach the service, and as whom. */
export interface Config {
  readonly url: string
  readonly key?: string
  readonly secret?: string
}

/** Bits of a file's mode by which others than its owner may read it. */
const OTHERS = 0o077

/** PICLOUD_CONFIG, or `picloud/config.json` in the user's folder for configuration. */
export function configPath(): string {
  const { PICLOUD_CONFIG: given, XDG_CONFIG_HOME: folder } = env
  if (given !== undefined && given !== '') return given
  return join(folder !== undefined && folder !== '' ? folder : join(homedir(), '.config'), 'picloud', 'config.json')
}

/** The user's configuration; undefined where there is none. Throws `not-configured` when it can't be taken as it is. */
export function readConfig(file: string = configPath()): Config | undefined {
  let text: string
  try {
    if (platform !== 'win32' && (statSync(file).mode & OTHERS) !== 0) {
      throw refuse(file, 'others than its owner may read it', `chmod 600 ${file}`)
    }
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const { url, key, secret } = parse(file, text)
  if (typeof url !== 'string' || !isText(key) || !isText(secret)) {
    throw refuse(file, 'it needs a url, and key and secret as text', 'Run picloud setup again.')
  }
  return { url, ...(key !== undefined && { key }), ...(secret !== undefined && { secret }) }
}

function parse(file: string, text: string): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read === 'object' && read !== null) return { ...read }
  } catch (cause) {
    throw refuse(file, 'it is not JSON', 'Run picloud setup again.', cause)
  }
  throw refuse(file, 'it is no JSON object', 'Run picloud setup again.')
}

function isText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}

function refuse(file: string, why: string, hint: string, cause?: unknown): CloudException {
  return new CloudException(`The configuration ${file} can’t be used: ${why}.`, { code: 'not-configured', hint, cause })
}
