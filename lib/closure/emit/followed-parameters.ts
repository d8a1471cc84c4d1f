import { type Callable, functionText } from '../../value/captured.ts'
import { ValueError } from '../../value/value-error.ts'
import type { CapturedFunction } from '../graph/captured-function.ts'
import type { Graph } from '../graph/graph.ts'
import { displayName } from '../nodes/function-name.ts'
import { onlyReadsArguments } from '../source/arguments-use.ts'
import { lookInside } from '../source/inspector.ts'
import { type FunctionSyntax, syntaxAt } from '../source/script.ts'
import type { Cell } from '../variables/environments.ts'

/**
 * The `arguments` of a sloppy function and its parameters are one: who assigns one of them assigns the other. In a job
 * they are apart, so where both travel neither may be assigned.
 * @throws {ValueError} where one may be
 */
export function checkFollowedParameters({ argumentsMet, functions }: Graph): void {
  for (const object of argumentsMet) {
    const owner = ownerOf(object, functions)
    if (owner === undefined) continue
    const params = simpleParameters(owner)
    const follows = ({ name: param, value }: Cell): boolean => {
      const held = Object.getOwnPropertyDescriptor(object, params.lastIndexOf(param))
      // Else of another call, or no longer one with it.
      return held !== undefined && Object.is(held.value, value)
    }
    for (const [index, seer] of functions.entries()) {
      const at = seer.cells.findIndex(cell => isOf(owner, cell.name, seer) && follows(cell))
      if (at < 0) continue
      const { name } = seer.cells[at] as Cell
      const isAssigned = functions.some(({ code: { free } }) => free.some(it => it.writes && it.name === name))
      if (!isAssigned && onlyReadsArguments(owner.syntax.node)) continue
      throw refusal(index, at)
    }
  }
}

/** The sloppy function whose `arguments` they are; undefined where no function of its script travels. */
function ownerOf(object: object, functions: readonly CapturedFunction[]): FunctionSyntax | undefined {
  const callee: unknown = Object.getOwnPropertyDescriptor(object, 'callee')?.value
  if (typeof callee !== 'function') return undefined
  const { location } = lookInside(callee)
  if (!functions.some(({ code }) => code.script.id === location?.scriptId)) return undefined
  const owner = location && syntaxAt(location, functionText(callee as Callable), displayName(callee as Callable))
  return owner?.syntax.strict === false ? owner : undefined
}

/** Empty where a pattern, a default or a rest keeps `arguments` apart. */
function simpleParameters({ syntax }: FunctionSyntax): readonly string[] {
  const { params } = syntax.node as { params?: readonly { type: string; name: string }[] }
  const isSimple = params?.every(({ type }) => type === 'Identifier') === true
  return isSimple ? params.map(({ name }) => name) : []
}

/** Whether a name in a captured function is a parameter of `owner`. */
function isOf({ syntax: { node } }: FunctionSyntax, name: string, { code }: CapturedFunction): boolean {
  const binding = code.free.find(free => free.name === name)?.binding
  return binding?.kind === 'param' && binding.scope.start === node.start && binding.scope.end === node.end
}

/** By its path from what was encoded: behind the keys, the function's record, in which cells follow the extras. */
function refusal(seer: number, cell: number): ValueError {
  return new ValueError('it is a parameter of a sloppy function whose `arguments` travel too, which follow it', {
    path: [1, 1, seer, cell + 1].map(index => ({ kind: 'index', index })),
    hint: "Write 'use strict' into that function, or copy the arguments: `[...arguments]`.",
  })
}
