import type { CloudException } from '../../protocol/errors.ts'

/** Frames that are shown: the last calls tell where, those around them are mostly the worker's own affair. */
const MAX_FRAMES = 10

/** Where in the user's files a job failed, a line a frame, the innermost first; empty where that is not known. */
export function framesOf({ stack = '' }: CloudException): string {
  const lines = stack.split('\n')
  const end = lines.findIndex(line => line.includes('[here its result was asked for]'))
  const frames = lines.slice(0, end < 0 ? lines.length : end).filter(line => /^\s+at /.test(line))
  return frames.slice(0, MAX_FRAMES).join('\n')
}
