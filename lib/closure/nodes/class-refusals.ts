import type { Callable } from '../../value/captured.ts'
import { Refusal } from '../../value/value-error.ts'
import { CaptureError } from '../capture-error.ts'
import { nodeWords } from '../words.ts'
import { displayName } from './function-name.ts'
import type { ReferenceTable } from './reference-table.ts'
import { isOfOtherContext } from './resolve-function.ts'

/** Of a class that a program can't have written. */
export function instanceOf(fn: Callable): CaptureError {
  const name = displayName(fn)
  if (!isOfOtherContext(fn)) return instanceOfNodes(name)
  const hint = 'Make a copy that is of this context: `structuredClone(value)`.'
  return new CaptureError(`it is ${name} of another context of node:vm`, { path: [], hint })
}

/** Of a class of Node's, which holds what its properties don't show. */
function instanceOfNodes(name: string): CaptureError {
  const { why, hint } = nodeWords(name)
  return new CaptureError(why, { path: [], hint })
}

interface Message {
  readonly functions: readonly { readonly base: number | undefined }[]
  readonly references: ReferenceTable
}

/** Instances below a class of Node's hold what their properties don't show, all but emitters. @throws {CaptureError} */
export function judgeInstance(id: number, { functions, references }: Message): void {
  let above: number | undefined = id
  while (above !== undefined && above % 4 === 0) above = functions[above / 4]?.base
  const reference = above === undefined || above % 4 !== 1 ? undefined : references.all[(above - 1) / 4]
  if (reference?.[0] !== 'builtin' || reference.at(-1) === 'EventEmitter' || reference.join() === 'builtin,node:events')
    return
  throw instanceOfNodes(reference.at(-1) ?? '')
}

/** Packages are loaded as they are: nothing in them puts private fields back. */
export function privateOfPackage(name: string): CaptureError {
  return new CaptureError(`it has private fields of ${name}, which belongs to an installed package`, {
    path: [],
    hint: 'Make it in the job.',
  })
}

/** @throws {Refusal} which names the object, where a CaptureError does not: so there is a path to it */
export function withCulprit<T>(object: object, look: () => T): T {
  let cause: CaptureError
  try {
    return look()
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error
    cause = error
  }
  throw new Refusal(object, cause.reason, cause.hint, cause)
}
