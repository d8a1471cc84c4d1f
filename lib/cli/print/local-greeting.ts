import { configPath, readUserFile, saveConfig } from '../../client/config/config-file.ts'
import type { LocalService } from '../../local/assemble.ts'

type Beginning = NonNullable<LocalService['beginning']>

/** The user's file that has the first key, or why none has it. */
export type Kept =
  | { readonly file: string; readonly why?: undefined }
  | { readonly file?: undefined; readonly why: string }

/** What people read when the service has started. */
export function greeting(
  { url, beginning }: LocalService,
  folder: string,
  host: string,
  kept: Kept | undefined,
): string {
  const lines = [`PiCloud answers at ${url}`, `Its data is in ${folder}`]
  if (!isLoopback(host)) {
    lines.push(
      `Whoever reaches ${host} can talk to it, unencrypted: with a key they run programs on this machine as you. Let only ` +
        'a network that you trust reach it, or put a proxy with TLS before it.',
    )
  }
  if (beginning !== undefined) lines.push(aboutAdmin(beginning))
  lines.push(...(beginning && kept ? [aboutKey(url, beginning, kept)] : aboutSettings(url)))
  return `${lines.join('\n')}\nCtrl-C stops it.\n`
}

/** Writes the first key into the user's file, unless that is about another service, or can't be read or written. */
export function keepKey(url: string, { key: id, secret }: Beginning): Kept {
  const file = configPath()
  try {
    const { url: other } = readUserFile(() => undefined, file)
    if (other !== undefined && other !== url) return { why: `${file} is about another service and stays so` }
    return { file: saveConfig({ url, key: String(id), secret }, file) }
  } catch (error) {
    return { why: `${file} does not take it: ${reasonOf(error)}` }
  }
}

/** At a later start: what leads elsewhere, as after a start on another port. Only the first start writes settings. */
function aboutSettings(url: string): readonly string[] {
  const file = configPath()
  const why = leadsElsewhere(file, url)
  if (why === undefined) return []
  return [
    `${why}. To use this one set PICLOUD_URL=${url}, and PICLOUD_API_KEY and PICLOUD_API_SECRETKEY to one of its keys`,
  ]
}

/** Why the user's settings don't lead to this service; undefined where they do. */
function leadsElsewhere(file: string, url: string): string | undefined {
  try {
    const { url: other } = readUserFile(() => undefined, file)
    if (other === url) return undefined
    return other === undefined ? `${file} names no service` : `${file} names ${other}`
  } catch (error) {
    return reasonOf(error)
  }
}

/** Without its full stop: the sentence goes on behind it. */
function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '')
}

function aboutAdmin({ username, password }: Beginning): string {
  return `Its admin user is ${username}, with the password ${password}, which is shown only now`
}

/** The secret is seen once: here, and in the user's file. */
function aboutKey(url: string, { key: id, secret }: Beginning, { file, why }: Kept): string {
  const made = `Its first key is ${id}, with the secret ${secret}, which is shown only now`
  if (file === undefined) {
    return `${made}. ${why}; to use this one set
  PICLOUD_URL=${url} PICLOUD_API_KEY=${id} PICLOUD_API_SECRETKEY=${secret}`
  }
  return `${made}. It is in ${file}, so that this works:
  import cloud from 'picloud'
  console.log(await cloud.call(() => 'hello').result())`
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.[0-9]{1,3}){3}$/.test(host)
}
