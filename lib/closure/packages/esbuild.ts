import { createRequire } from 'node:module'
import type * as Esbuild from 'esbuild'

let loaded: typeof Esbuild | undefined

/** Loaded when it is first needed: many programs bundle nothing. */
export function esbuild(): typeof Esbuild {
  loaded ??= createRequire(import.meta.url)('esbuild') as typeof Esbuild
  return loaded
}

/** The text of a file without what a compiler takes away. */
export function asScript(text: string, file: string): string {
  const [, loader] = /\.[cm]?(tsx?|jsx)$/.exec(file) ?? []
  return loader === undefined ? text : esbuild().transformSync(text, { loader: loader as Esbuild.Loader }).code
}
