import type { Node } from 'estree'
import type { ImportPaths } from './import-path.ts'

/** The default cloud, `mp`, or a client of its own; `()` stands for a call. */
const cloud = 'picloud(?:/mp)?(?: default| mp| connect \\(\\))*'

/** Paths from the module to what takes a function to run elsewhere, as its first argument. */
const submits = new RegExp(
  `^${cloud}(?:(?: with \\(\\))? (?:call|map)| cron register| rest publish| pool \\(\\) (?:apply|i?map)\\w*)$`,
)

/** The function that a call hands over to be run elsewhere; undefined for calls of other things. */
export function functionHandedOver(
  { callee, arguments: [first] }: Node & { type: 'CallExpression' },
  paths: ImportPaths,
): Node | undefined {
  const path = paths.of(callee)
  return path !== undefined && submits.test(path.join(' ')) && first?.type !== 'SpreadElement' ? first : undefined
}
