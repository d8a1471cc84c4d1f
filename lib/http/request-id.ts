import { randomUUID } from 'node:crypto'

/** The header that names a request, asked and answered. */
export const REQUEST_ID = 'x-request-id'

/** The one that the caller chose, if it is of a kind that may stand in a log; else a fresh one. */
export function requestIdOf(given: string | null): string {
  return given !== null && /^[A-Za-z0-9._:-]{1,128}$/.test(given) ? given : randomUUID()
}
