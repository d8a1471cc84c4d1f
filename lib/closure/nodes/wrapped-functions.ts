import { callbackify, debuglog, promisify } from 'node:util'
import { type Callable, functionText } from '../../value/captured.ts'
import type { Inside, Wrapper } from '../../value/inside.ts'
import { type FunctionInside, levelOf } from '../source/inspector.ts'

/**
 * Functions that `node:util` makes of another one are Node's own by their text, and no module exports them. They travel
 * as what they were made of, and are made again there.
 */

/** Of each wrapper: the text of what it makes, and the variables around that which hold what it was called with. */
let made: ReadonlyMap<string, readonly [by: Wrapper, variables: readonly string[]]> | undefined

/** Undefined for what none of them made. */
export function wrappedInside(fn: Callable, { scopes }: FunctionInside): Inside | undefined {
  made ??= new Map<string, readonly [Wrapper, readonly string[]]>([
    [functionText(promisify(() => undefined)), ['promisify', ['original']]],
    [functionText(callbackify(async () => undefined)), ['callbackify', ['original']]],
    [functionText(debuglog('picloud')), ['debuglog', ['set', 'cb']]],
  ])
  const [by, variables = []] = made.get(functionText(fn)) ?? []
  if (by === undefined) return undefined
  const args = variables.map(name => scopes[levelOf(scopes, name)]?.object[name])
  while (args.at(-1) === undefined) args.pop()
  return { kind: 'wrapped', by, args }
}
