import { ALONG, LATE, LATE_WEAK, TEMPLATE, WITH } from '../bundle-format.ts'
import { isPlaceName } from '../source/named-places.ts'

/** How paths name a captured variable. Those that no text of the user's has are said in words. */
export function shownName(name: string): string {
  if (name === WITH) return 'with'
  if (name === LATE) return '(what was set on packages)'
  if (name === LATE_WEAK) return '(what packages keep in WeakMaps)'
  if (name === ALONG) return '(what the arguments bring)'
  if (name.startsWith(TEMPLATE)) return '(the strings of a template)'
  return isPlaceName(name) ? 'import.meta' : name
}
