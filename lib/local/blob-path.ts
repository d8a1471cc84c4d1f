import { createHash } from 'node:crypto'
import { join } from 'node:path'

/** What the folder of all blobs is called, in the service's folder. */
export const BLOBS_NAME = 'blobs'
/** What files end in and folders can't, so that a key may be the beginning of another. Not in the alphabet of keys. */
const FILE = '~'
/** Digits of a hash that spread the folders of a million jobs over 256: no folder gets too long to be searched. */
const SPREAD_DIGITS = 2

/** Where the blob of this key lies, below the folder of all blobs: `jobs/5/1-1/result` is at `jobs/ef/5/1-1/result~`. */
export function blobPath(key: string): string {
  return `${spread(key.split('/'))}${FILE}`
}

/** The folder of all blobs whose keys begin with this one, which ends in a slash. */
export function folderPath(key: string): string {
  return spread(key.slice(0, -1).split('/'))
}

function spread([top = '', ...rest]: readonly string[]): string {
  const [second] = rest
  if (second === undefined) return top
  return join(top, createHash('sha256').update(second).digest('hex').slice(0, SPREAD_DIGITS), ...rest)
}
