import type { Callable } from '../../value/captured.ts'
import { Refusal, ValueError } from '../../value/value-error.ts'
import type { Environments } from '../variables/environments.ts'

interface Message {
  readonly environments: Environments
  readonly functions: readonly { readonly fn: Callable }[]
}

/**
 * Finds out which of a message's functions see the same variables.
 * @throws {ValueError} as if the function of which it can't be told could not be encoded
 */
export function uniteVariables({ environments, functions }: Message): void {
  try {
    environments.unite()
  } catch (error) {
    throw error instanceof Refusal ? refusal(error, functions) : error
  }
}

function refusal({ message, culprit, cause }: Refusal, functions: Message['functions']): ValueError {
  const index = functions.findIndex(({ fn }) => fn === culprit)
  const path = [1, 1, index].map(step => ({ kind: 'index', index: step }) as const)
  return new ValueError(message, { path, cause })
}
