import type { Class } from 'acorn'
import { CloudException } from '../protocol/errors.ts'
import type { Callable } from '../value/captured.ts'
import { displayName } from './nodes/function-name.ts'
import { accessTo, membersOf } from './nodes/private-fields.ts'
import { byText, constructOn, hasAccess, layersOf, type RevealPrivate, without } from './revive/private-state.ts'
import { isInert } from './source/inert-fields.ts'
import { releaseRemotes } from './source/inspector.ts'
import { answerFromPause } from './source/paused-frame.ts'
import { constructorOf } from './source/private-members.ts'
import { watchedFromOutside } from './source/watched-from-outside.ts'

/**
 * Private fields of instances that come back to the process whose classes they are. Nothing of a class may run for it:
 * where the initialisers of its fields do nothing but make values, an instance is made, its constructor stopped before
 * its first step, and the fields are written as a method of the class would. Classes of which that is not so are refused.
 */
export const revealHere: RevealPrivate = {
  create(owner) {
    if (hasAccess(owner)) return byText.create(owner)
    // What only stands for a class has no private fields.
    if (membersOf(owner) === undefined) return Object.create(owner.prototype as object | null) as object
    return without(constructed(owner), () => true)
  },
  fill(object, layers) {
    for (const layer of layersOf(layers)) {
      const [owner, ...values] = layer
      if (hasAccess(owner)) byText.fill(object, [layer])
      else if (membersOf(owner) !== undefined) fill(owner, object, values)
    }
    releaseRemotes()
  },
  statics: byText.statics,
}

function fill(owner: Callable, object: object, values: readonly unknown[]): void {
  const access = accessTo(owner)
  if (access === undefined) throw refusal(owner, 'none of its methods can be stopped to write them')
  if (!access.has(object)) {
    const { node } = checked(owner)
    if (constructorOf(node) !== undefined) throw refusal(owner, 'its constructor would have to run')
    constructOn(owner, object)
  }
  access.write(object, values)
}

function constructed(owner: Callable): object {
  const { node } = checked(owner)
  const construct = (): object => Reflect.construct(owner, []) as object
  const written = constructorOf(node)
  if (written === undefined) return construct()
  if (watchedFromOutside() || written.value.params.some(({ type }) => type !== 'Identifier')) {
    throw refusal(owner, 'its constructor can’t be stopped before it does something')
  }
  const stopped = answerFromPause(owner, frame => frame.read('this'), construct)
  if (stopped === undefined) throw refusal(owner, 'its constructor can’t be stopped before it does something')
  return stopped.value as object
}

function checked(owner: Callable): { readonly node: Class } {
  const { node } = membersOf(owner) as { readonly node: Class }
  if (!isInert(node)) throw refusal(owner, 'the initialisers of its fields would have to run')
  return { node }
}

function refusal(owner: Callable, why: string): CloudException {
  return new CloudException(`The private fields of an instance of ${displayName(owner)} can’t be put back: ${why}.`, {
    code: 'unsupported',
    hint: 'Return its data, and make the instance of them here. A `ref` to the result goes to another job as it is.',
  })
}
