import type { Node } from 'estree'
import type { ImportPaths } from './import-path.ts'

/**
 * `call` and `map` of the cloud that `picloud` gives, of `mp`, of a client of its own, also with options, and
 * `cron.register`; as paths from the module, with `()` for a call.
 */
const submits =
  /^picloud(?:\/mp)?(?: default| cloud| mp| connect \(\))*(?: with \(\))?(?: call| map)$|^picloud(?:\/mp)?(?: default| cloud| mp| connect \(\))* cron register$/

/** The function that a call hands over to be run elsewhere; undefined for calls of other things. */
export function functionHandedOver(
  { callee, arguments: [first] }: Node & { type: 'CallExpression' },
  paths: ImportPaths,
): Node | undefined {
  const path = paths.of(callee)
  return path !== undefined && submits.test(path.join(' ')) && first?.type !== 'SpreadElement' ? first : undefined
}
