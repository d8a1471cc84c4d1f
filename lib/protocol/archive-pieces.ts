import { MAX_ARCHIVE_PIECES } from './limits.ts'

/** The archive of an environment as a job names it: a job keeps that which was there when it was submitted. */
export interface EnvironmentReference {
  readonly name: string
  readonly hash: string
}

const hash = /^[0-9a-f]{64}$/

/** An archive's pieces by their hashes, as they are kept: a bundle under a hash of its own. */
export function encodePieces(pieces: readonly string[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ pieces }))
}

/** The hashes, in their order. Throws for bytes that are no such list. */
export function decodePieces(bytes: Uint8Array): readonly string[] {
  const { pieces } = JSON.parse(new TextDecoder().decode(bytes)) as { readonly pieces?: unknown }
  const isList = Array.isArray(pieces) && pieces.length > 0 && pieces.length <= MAX_ARCHIVE_PIECES
  if (isList && pieces.every(piece => typeof piece === 'string' && hash.test(piece))) return pieces as string[]
  throw new Error('It is no list of the pieces of an archive.')
}
