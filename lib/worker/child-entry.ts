/**
 * The script of a child, relative to a file one folder deep in lib: so lies this one, and so do the built files that
 * hold it.
 */
const script = import.meta.url.endsWith('.ts') ? '../worker/child/main.ts' : '../worker/child/main.js'

/** Where a child's script lies. */
export function childEntry(): URL {
  return new URL(script, import.meta.url)
}
