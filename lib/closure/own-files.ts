import { createRequire } from 'node:module'

/** The folder `lib`, as source or as built: this file lies one folder below it in both. */
export const ownFiles = new URL('../', import.meta.url).href

const load = createRequire(import.meta.url)

/** Loads a file of this folder when it is first needed, as source or as built. `name` is a path without its ending. */
export function loadOwn(name: string): unknown {
  return load(`../closure/${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`)
}
