import type { Class } from 'acorn'
import { CloudException } from '../protocol/errors.ts'
import type { Callable } from '../value/captured.ts'
import { displayName } from './nodes/function-name.ts'
import { accessTo, membersOf } from './nodes/private-classes.ts'
import { byText, constructOn, hasAccess, layersOf, type RevealPrivate, without } from './revive/private-state.ts'
import { releaseRemotes } from './source/end-of-capture.ts'
import { endOfFirstStep } from './source/first-step.ts'
import { isInert } from './source/inert-fields.ts'
import { answerFromPause, callUpTo, type PausedFrame } from './source/paused-frame.ts'
import { constructorOf } from './source/private-members.ts'
import { quietArguments } from './source/quiet-arguments.ts'
import { positionOf, type Script } from './source/script.ts'
import { behindSuper } from './source/super-first.ts'
import { watchedFromOutside } from './source/watched-from-outside.ts'

/**
 * Private fields of instances that come back to the process whose classes they are. Nothing of a class may run for it:
 * where the initialisers of its fields do nothing but make values, an instance is made, its constructor stopped before
 * its first step or, below a superclass, right behind `super(…)`, and the fields are written as a method of the class would. Classes of which that is not so are refused.
 */
export const revealHere: RevealPrivate = {
  create(owner) {
    if (hasAccess(owner)) return byText.create(owner)
    // What only stands for a class has no private fields.
    if (membersOf(owner) === undefined) return Object.create(owner.prototype as object | null) as object
    const made = constructed(owner)
    accessTo(owner, made)
    return without(made, () => true)
  },
  fill(object, layers) {
    for (const layer of layersOf(layers)) {
      const [owner, ...values] = layer
      if (hasAccess(owner)) byText.fill(object, [layer])
      else if (membersOf(owner) !== undefined) fill(owner, object, values)
    }
    releaseRemotes()
  },
  statics(owner, values) {
    // What only stands for a function has nothing to hold them.
    if (hasAccess(owner)) byText.statics(owner, values)
  },
}

function fill(owner: Callable, object: object, values: readonly unknown[]): void {
  const access = accessTo(owner)
  if (access === undefined) throw refusal(owner, 'none of its methods can be stopped to write them')
  if (!access.has(object)) {
    giveFields(owner, object)
    if (!access.has(object)) throw refusal(owner, 'its constructor ends before it has them')
  }
  access.write(object, values)
}

/** By a constructor whose `super()` gives the object, and that ends right behind it. */
function giveFields(owner: Callable, object: object): void {
  const { node, script } = checked(owner)
  const written = constructorOf(node)
  if (written === undefined) return constructOn(owner, object)
  const given = quietArguments(written.value.params)
  const rest = watchedFromOutside() ? undefined : behindSuper(node)
  if (rest === undefined || given === undefined || endOfFirstStep(rest, script.source, true) === undefined) {
    throw refusal(owner, 'its constructor would have to run')
  }
  const [from, to] = [positionOf(script, rest.start), positionOf(script, rest.end)]
  constructOn(owner, object, () =>
    callUpTo(
      script,
      from,
      to,
      () => Reflect.construct(owner, given),
      () => true,
    ),
  )
}

function constructed(owner: Callable): object {
  const { node, script } = checked(owner)
  const written = constructorOf(node)
  if (written === undefined) return Reflect.construct(owner, []) as object
  const { params, body } = written.value
  const isPlain = params.every(({ type }) => type === 'Identifier')
  const given = quietArguments(params)
  if (watchedFromOutside() || given === undefined || endOfFirstStep(body, script.source, !isPlain) === undefined) {
    throw refusal(owner, 'its constructor can’t be stopped before it does something')
  }
  const [from, to] = [positionOf(script, body.start), positionOf(script, body.end)]
  const construct = (): object => Reflect.construct(owner, given) as object
  const read = (frame: PausedFrame): unknown => frame.read('this')?.value
  const made = isPlain ? answerFromPause(owner, read, construct) : callUpTo(script, from, to, construct, read)
  if (made === undefined) throw refusal(owner, 'its constructor can’t be stopped before it does something')
  return made as object
}

function checked(owner: Callable): { readonly node: Class; readonly script: Script } {
  const { node, script } = membersOf(owner) as { readonly node: Class; readonly script: Script }
  if (!isInert(node)) throw refusal(owner, 'the initialisers of its fields would have to run')
  return { node, script }
}

function refusal(owner: Callable, why: string): CloudException {
  return new CloudException(`The private fields of an instance of ${displayName(owner)} can’t be put back: ${why}.`, {
    code: 'unsupported',
    hint: 'Return its data, and make the instance of them here. A `ref` to the result goes to another job as it is.',
  })
}
