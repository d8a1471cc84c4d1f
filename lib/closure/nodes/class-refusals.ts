import { CaptureError } from '../capture-error.ts'
import { nodeWords } from '../words.ts'

/** Of a class of Node's, which holds what its properties don't show. */
export function instanceOfNodes(name: string): CaptureError {
  const { why, hint } = nodeWords(name)
  return new CaptureError(why, { path: [], hint })
}

/** Packages are loaded as they are: nothing in them puts private fields back. */
export function privateOfPackage(name: string): CaptureError {
  return new CaptureError(`it has private fields of ${name}, which belongs to an installed package`, {
    path: [],
    hint: 'Make it in the job.',
  })
}
