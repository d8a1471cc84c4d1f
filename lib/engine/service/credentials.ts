/** What an `Authorization` header says: a key's id with its secret, or a name with its password. */
export type Credentials =
  | { readonly kind: 'key'; readonly id: number; readonly secret: string }
  | { readonly kind: 'user'; readonly username: string; readonly secret: string }

/** Characters of the header above which it is none of ours. */
const MAX_HEADER_CHARS = 2_048

const decoder = new TextDecoder('utf-8', { fatal: true })

/** HTTP's Basic scheme; undefined for all else. */
export function credentialsFrom(authorization: string | null): Credentials | undefined {
  if (authorization === null || authorization.length > MAX_HEADER_CHARS) return undefined
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization)?.[1]
  const [, name, secret] = /^([^:]+):(.+)$/s.exec(encoded === undefined ? '' : decode(encoded)) ?? []
  if (name === undefined || secret === undefined) return undefined
  return /^[1-9][0-9]{0,8}$/.test(name)
    ? { kind: 'key', id: Number(name), secret }
    : { kind: 'user', username: name, secret }
}

function decode(base64: string): string {
  try {
    return decoder.decode(Uint8Array.from(atob(base64), char => char.charCodeAt(0)))
  } catch {
    return ''
  }
}
