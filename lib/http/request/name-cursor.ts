import { CloudException } from '../../protocol/errors.ts'

/**
 * Cursors of listings by name: the last name of the page before. So a page neither skips nor repeats what was there all the
 * while, whatever is added or taken away meanwhile. They are opaque to clients: another version may make others.
 */

const decoder = new TextDecoder('utf-8', { fatal: true })

/** A listing's request as the engine takes it. Throws `invalid-request` for a cursor that is none of ours. */
export function withName<Request extends { readonly cursor?: string | undefined }>(request: Request): Request {
  const { cursor } = request
  return cursor === undefined ? request : { ...request, cursor: nameOf(cursor) }
}

/** The answer as clients get it. */
export function withCursor<Answer extends { readonly cursor?: string | undefined }>(answer: Answer): Answer {
  const { cursor } = answer
  return cursor === undefined ? answer : { ...answer, cursor: Buffer.from(cursor).toString('base64url') }
}

function nameOf(cursor: string): string {
  const bytes = Buffer.from(cursor, 'base64url')
  try {
    if (cursor !== '' && bytes.toString('base64url') === cursor) return decoder.decode(bytes)
  } catch {
    // Refused below.
  }
  throw new CloudException('This listing’s cursor is none of ours.', {
    code: 'invalid-request',
    hint: 'Start again without one.',
  })
}
