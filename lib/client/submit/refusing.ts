import { CloudException } from '../../protocol/errors.ts'

export type Executor<J> = (resolve: (jids: J) => void, reject: (error: unknown) => void) => void

/** A function of ours that the user's program calls. */
export type Asked = (...given: never[]) => unknown

/**
 * Refuses at once what was asked wrongly. The stack of a refusal begins where `asked` was called: it is the user's line that is
 * to be mended, and Node shows that line when nobody catches.
 */
export function refusing<J>(executor: Executor<J>, asked: Asked): Executor<J> {
  return (resolve, reject) => {
    try {
      executor(resolve, reject)
    } catch (error) {
      if (isRefusal(error)) {
        Error.captureStackTrace(error, asked)
        if (isRefusal(error.cause)) delete error.cause
      }
      reject(error)
    }
  }
}

/** What a refusal was made of is one too, which says nothing more. */
function isRefusal(error: unknown): error is Error {
  if (!(error instanceof Error)) return false
  return CloudException.isCloudException(error) || ('code' in error && error.code === 'invalid-argument')
}
