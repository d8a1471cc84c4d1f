import { searchOf } from '../../value/captured.ts'
import type { Inside } from '../../value/inside.ts'
import { lookAtPrivate } from '../source/private-entries.ts'

/** Parameters that V8 shows to be a URL's travel as such: what is set on them changes that. */
export function searchInside(search: object): Inside | undefined {
  const url = lookAtPrivate(search).find(({ name }) => name === '#context')?.value
  if (!(url instanceof URL) || searchOf(url) !== search) return undefined
  return { kind: 'search', of: url }
}
