import type { Callable } from '../../value/captured.ts'
import { CaptureError } from '../capture-error.ts'
import { firstFrom } from '../names/names.ts'
import type { FunctionCode } from '../source/function-code.ts'
import { placeOf } from '../source/script.ts'
import { nameOf } from './function-name.ts'

/** A method that is sent by itself is called without its object. One whose text needs that is refused. */
export function refuseTakenOff(fn: Callable, { syntax, script, start, end }: FunctionCode): void {
  if (syntax.kind === 'arrow' || syntax.kind === 'function' || syntax.kind === 'class') return
  const { specials } = script.names
  for (let at = firstFrom(specials, start, special => special.node.start); at < specials.length; at++) {
    const { kind, node, owner } = specials[at] as (typeof specials)[number]
    if (node.start >= end) return
    if ((kind !== 'this' && kind !== 'super') || owner?.start !== syntax.node.start) continue
    const name = nameOf(fn) ?? ''
    throw new CaptureError('it needs the object that it was taken from, as it uses `this`', {
      path: [name],
      place: placeOf(script, node.start),
      hint: `Send a function that calls it there: () => object.${name === '' ? 'method' : name}().`,
    })
  }
}
