import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'

/** CommonJS scripts are named by path, or by URL, as it happens. */
export function asUrl(url: string): string {
  return isAbsolute(url) ? pathToFileURL(url).href : url
}
