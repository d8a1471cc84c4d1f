import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { cwd, env, pid, platform } from 'node:process'
import { makeFolder } from '../../disk/make-folder.ts'
import { CloudException } from '../../protocol/errors.ts'
import { type Complain, type ConfigValues, configSchema, readValues } from './config-options.ts'

/** The name of a project's file. */
export const PROJECT_FILE = 'picloud.json'
/** The name of the schema beside the user's file. */
const SCHEMA_FILE = 'config.schema.json'
/** Bits of a file's mode by which others than its owner may read it. */
const OTHERS = 0o077

/** The user's file: PICLOUD_CONFIG, or `picloud/config.json` in the user's folder for configuration (XDG). */
export function configPath(): string {
  const { PICLOUD_CONFIG: given, XDG_CONFIG_HOME: folder } = env
  if (given !== undefined && given !== '') return given
  return join(folder !== undefined && folder !== '' ? folder : join(homedir(), '.config'), 'picloud', 'config.json')
}

/** The user's settings. Throws `not-configured` for a file that others may read, or that is no JSON object. */
export function readUserFile(complain: Complain, file: string = configPath()): ConfigValues {
  return readValues(contentOf(file, true) ?? {}, file, complain)
}

/**
 * The settings of the nearest `picloud.json` in or above the folder that the process runs in. It is shared with others
 * who work on the project, so that it may hold no key.
 */
export function readProjectFile(complain: Complain, folder: string = cwd()): ConfigValues {
  for (let at = folder; ; at = dirname(at)) {
    const file = join(at, PROJECT_FILE)
    const content = contentOf(file, false)
    if (content === undefined) {
      if (at === dirname(at)) return {}
      continue
    }
    const { key, secret, ...values } = readValues(content, file, complain)
    if (key !== undefined || secret !== undefined) {
      complain(`key and secret in ${file} were left out, as a project’s file is shared. Keep them in ${configPath()}.`)
    }
    return values
  }
}

/**
 * Writes settings into the user's file, which nobody else may read, beside those that it has; undefined ones are taken
 * out. What was there is replaced at once. Their schema lies beside it, for editors.
 * @returns the file
 */
export function saveConfig(
  values: { readonly [Name in keyof ConfigValues]?: ConfigValues[Name] | undefined },
  file: string = configPath(),
): string {
  const content = { $schema: `./${SCHEMA_FILE}`, ...contentOf(file, true), ...values }
  makeFolder(dirname(file))
  replace(join(dirname(file), SCHEMA_FILE), configSchema())
  replace(file, content)
  return file
}

function replace(file: string, content: unknown): void {
  const fresh = `${file}.${pid}`
  writeFileSync(fresh, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' })
  renameSync(fresh, file)
}

/** Undefined where there is no such file. */
function contentOf(file: string, isPrivate: boolean): Readonly<Record<string, unknown>> | undefined {
  let text: string
  try {
    if (isPrivate && platform !== 'win32' && (statSync(file).mode & OTHERS) !== 0) {
      throw refuse(file, 'others than its owner may read it', `chmod 600 ${file}`)
    }
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined
    throw error
  }
  return parse(file, text)
}

function parse(file: string, text: string): Readonly<Record<string, unknown>> {
  const hint = `Correct it, or delete it and run picloud setup again.`
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read === 'object' && read !== null && !Array.isArray(read)) return { ...read }
  } catch (cause) {
    throw refuse(file, 'it is not JSON', hint, cause)
  }
  throw refuse(file, 'it is no JSON object', hint)
}

function refuse(file: string, why: string, hint: string, cause?: unknown): CloudException {
  return new CloudException(`The configuration ${file} can’t be used: ${why}.`, { code: 'not-configured', hint, cause })
}
