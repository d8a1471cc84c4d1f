import type { Callable } from '../../value/captured.ts'
import { builtInPathOf } from '../nodes/built-ins.ts'
import { classOf } from '../nodes/class-of.ts'
import { membersOf } from '../nodes/private-classes.ts'
import { ByReference } from '../nodes/reference-table.ts'
import { isIntrinsic } from '../nodes/resolve-function.ts'
import type { CapturedFunction } from './captured-function.ts'
import type { Graph } from './graph.ts'

/** Takes in the functions that stand close by, so that the encoder need not pass twice, and those that are to come along. */
export function findFunctions({ root, functions, options, idOf, opened }: Graph): void {
  look(root[0], idOf)
  for (const thing of options.along ?? []) {
    look(thing, idOf)
    if (typeof thing === 'function' && membersOf(thing) !== undefined) opened.admit(thing)
  }
  for (let index = 0; index < functions.length; index++) {
    for (const { value } of (functions[index] as CapturedFunction).cells) look(value, idOf)
  }
}

function look(value: unknown, idOf: (fn: Callable, use: 'value') => unknown): void {
  if (ByReference.is(value)) return
  const found = typeof value === 'function' ? value : classOf(value)
  // What is below a class of Node's may be the receiver's own, as `process.stdout`, whatever its class is here.
  if (found === undefined || (found !== value && builtInPathOf(found) !== undefined)) return
  try {
    if (!isIntrinsic(found)) idOf(found as Callable, 'value')
  } catch {
    // The encoder will meet it too, and knows the path to it.
  }
}
