import { getCallSites } from 'node:util'
import type { SourcePlace } from '../capture-error.ts'
import { ownFiles } from '../own-files.ts'
import { asUrl } from './as-url.ts'
import { scriptSource } from './debugged-scripts.ts'
import { originsOf } from './source-map.ts'

/** Frames that are looked through: ours stand first. */
const MAX_FRAMES = 100

/** Where the user's program called into this library: what is told of a function that has no text of its own. */
export function callSite(): SourcePlace | undefined {
  const site = getCallSites(MAX_FRAMES, { sourceMap: false }).find(({ scriptName }) => {
    const url = asUrl(scriptName)
    return url.startsWith('file:') && !url.startsWith(ownFiles)
  })
  if (site === undefined) return undefined
  const position = { line: site.lineNumber, column: site.columnNumber }
  const place = { url: asUrl(site.scriptName), ...position }
  // Its script is still running, so V8 knows it; one of another context it may not.
  try {
    return originsOf(site.scriptName, scriptSource(site.scriptId))?.at(position) ?? place
  } catch {
    return place
  }
}
