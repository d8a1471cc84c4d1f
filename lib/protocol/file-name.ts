import { MAX_RECORD_NAME_BYTES } from './limits.ts'

const encoder = new TextEncoder()

/** What is wrong with a file's name; undefined: nothing. Any Unicode, in segments between `/`, none of which leads elsewhere. */
export function nameProblem(name: string): string | undefined {
  const size = encoder.encode(name).byteLength
  if (size === 0 || size > MAX_RECORD_NAME_BYTES) return `a name has 1 to ${MAX_RECORD_NAME_BYTES} bytes in UTF-8`
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  if (!name.isWellFormed() || /[\u0000-\u001f\u007f\u{10ffff}]/u.test(name)) return 'a name has no control characters'
  const segments = name.split('/')
  if (segments.some(segment => segment === '' || segment === '.' || segment === '..')) {
    return 'no part of a name between slashes is empty, “.” or “..”'
  }
  return undefined
}
