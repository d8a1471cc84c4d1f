/**
 * Reads the `exports` and `imports` of a package as Node does: subpaths with one `*`, conditions nested in each other,
 * the first that holds, lists of alternatives, null for what is closed.
 */

/** A JSON value of package.json. */
type Target = string | null | readonly Target[] | { readonly [key: string]: Target }

/**
 * Where a subpath (`.`, `./x`, `#x`) leads: a path that starts with `./`, for `imports` also a bare specifier.
 * Undefined where the map does not say, or says no.
 */
export function mappedTarget(map: unknown, subpath: string, conditions: ReadonlySet<string>): string | undefined {
  const entries = entriesOf(map as Target)
  const exact = entries[subpath]
  if (exact !== undefined && !subpath.includes('*')) return targetOf(exact, '', conditions) ?? undefined
  let best: string | undefined
  for (const key of Object.keys(entries)) {
    const [before = '', after] = key.split('*')
    if (after === undefined || !subpath.startsWith(before) || !subpath.endsWith(after)) continue
    if (subpath.length < key.length || (best !== undefined && !isMoreExact(key, best))) continue
    best = key
  }
  if (best === undefined) return undefined
  const [before = '', after = ''] = best.split('*')
  const star = subpath.slice(before.length, subpath.length - after.length)
  return targetOf(entries[best] as Target, star, conditions) ?? undefined
}

/** `exports` may be the target of `.` itself. */
function entriesOf(map: Target): { readonly [key: string]: Target } {
  if (typeof map !== 'object' || map === null || Array.isArray(map)) return { '.': map }
  const isMap = Object.keys(map).some(key => key.startsWith('.') || key.startsWith('#'))
  return isMap ? (map as { readonly [key: string]: Target }) : { '.': map }
}

function isMoreExact(key: string, than: string): boolean {
  const [ours, theirs] = [key.indexOf('*'), than.indexOf('*')]
  return ours === theirs ? key.length > than.length : ours > theirs
}

/** Undefined: look further; null: closed. */
function targetOf(target: Target, star: string, conditions: ReadonlySet<string>): string | null | undefined {
  if (typeof target === 'string') return target.replaceAll('*', () => star)
  if (target === null) return null
  if (Array.isArray(target)) {
    for (const one of target as readonly Target[]) {
      const found = targetOf(one, star, conditions)
      if (typeof found === 'string') return found
    }
    return undefined
  }
  for (const [condition, inner] of Object.entries(target)) {
    if (condition !== 'default' && !conditions.has(condition)) continue
    const found = targetOf(inner, star, conditions)
    if (found !== undefined) return found
  }
  return undefined
}
