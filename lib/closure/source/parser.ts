import { parse as parseScript } from 'acorn'

export type { Options, Program } from 'acorn'

/**
 * The parser of scripts: loaded for the first one, as that takes as long as to capture a hundred functions.
 * @public (script.ts requires it when it is needed)
 */
export const parse = parseScript
